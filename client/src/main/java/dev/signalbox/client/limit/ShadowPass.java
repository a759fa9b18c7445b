package dev.signalbox.client.limit;

import dev.signalbox.client.Permit;
import org.jspecify.annotations.Nullable;

/**
 * An admission of a shadow, and what becomes of the question asked beside it. What is granted is
 * held as long as the call lasts, so that the counts are those that the limits would give.
 */
final class ShadowPass extends Pass implements Verdicts {
  private final ShadowLimiter limiter;
  private volatile @Nullable Permit granted;

  ShadowPass(ShadowLimiter limiter, Tally tally) {
    super(tally, Grounds.SHADOW);
    this.limiter = limiter;
  }

  @Override
  void giveBack() {
    Permit permit = granted;
    if (permit != null) {
      permit.close();
    }
  }

  @Override
  public void decided() {
    limiter.answered();
  }

  @Override
  public Decision granted(Permit permit) {
    tally.shadowGranted.increment();
    granted = permit;
    if (isClosed()) {
      permit.close();
    }
    return this;
  }

  @Override
  public Decision refused() {
    tally.shadowRefused.increment();
    return this;
  }

  @Override
  public Decision outOfReach(String[] names) {
    tally.shadowUndecided.increment();
    return this;
  }

  @Override
  public void failed(Throwable cause) {
    tally.shadowUndecided.increment();
    limiter.failed(cause);
  }
}
