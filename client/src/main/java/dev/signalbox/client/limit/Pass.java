package dev.signalbox.client.limit;

import dev.signalbox.client.Permit;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/** An admission that ends once. */
class Pass implements Admission {
  private static final AtomicIntegerFieldUpdater<Pass> CLOSED =
      AtomicIntegerFieldUpdater.newUpdater(Pass.class, "closed");

  final Tally tally;
  private final Grounds grounds;
  private volatile int closed;

  /** One that holds nothing. */
  Pass(Tally tally, Grounds grounds) {
    this.tally = tally;
    this.grounds = grounds;
    tally.inFlight.increment();
  }

  @Override
  public final Grounds grounds() {
    return grounds;
  }

  @Override
  public Optional<Permit> permit() {
    return Optional.empty();
  }

  @Override
  public final void close() {
    if (CLOSED.compareAndSet(this, 0, 1)) {
      tally.inFlight.decrement();
      giveBack();
    }
  }

  final boolean isClosed() {
    return closed != 0;
  }

  /** Gives back what the call holds. Once. */
  void giveBack() {}

  /** One that holds what the service granted. */
  static final class Granted extends Pass {
    private final Permit permit;

    Granted(Tally tally, Permit permit) {
      super(tally, Grounds.GRANTED);
      this.permit = permit;
    }

    @Override
    public Optional<Permit> permit() {
      return Optional.of(permit);
    }

    @Override
    void giveBack() {
      permit.close();
    }
  }

  /** One that holds a part of the process's own share. */
  static final class Local extends Pass {
    private final LocalLimits limits;
    private final LocalLimit[] taken;

    Local(Tally tally, LocalLimits limits, LocalLimit[] taken) {
      super(tally, Grounds.LOCAL);
      this.limits = limits;
      this.taken = taken;
    }

    @Override
    void giveBack() {
      limits.giveBack(taken);
    }
  }
}
