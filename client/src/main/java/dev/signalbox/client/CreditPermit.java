package dev.signalbox.client;

import dev.signalbox.client.internal.Session;
import dev.signalbox.client.internal.SessionLink;
import dev.signalbox.v1.GiveBack;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Permits lent out of a credit, or tokens used up out of one: those are but a receipt (K7). Its
 * state changes under the lock of its {@link CreditStash}.
 */
final class CreditPermit implements Returnable {
  private static final ReleaseResult BACK_IN_CREDIT =
      new ReleaseResult(true, Optional.empty(), List.of());

  private static final String NOT_IN_PARTS =
      "must be all of them: a permit from credit goes back as a whole";

  private enum State {
    /** It is held, as long as the credit is. */
    HELD,
    /** It is to be given back together with others, which may be refused. */
    RELEASING,
    /** Likewise, and nobody wants it if they are. */
    GOING_HOME,
    /** It was given back, or there was nothing to hold. */
    GIVEN_BACK
  }

  private final SessionLink link;
  private final CreditBlock block;
  private final int permits;
  private final boolean usedUp;
  private volatile State state;
  private @Nullable List<Consumer<LossReason>> listeners;

  CreditPermit(SessionLink link, CreditBlock block, int permits, boolean usedUp) {
    this.link = link;
    this.block = block;
    this.permits = permits;
    this.usedUp = usedUp;
    this.state = usedUp ? State.GIVEN_BACK : State.HELD;
  }

  CreditBlock block() {
    return block;
  }

  @Override
  public String id() {
    return usedUp ? "" : "credit";
  }

  @Override
  public int permits() {
    return permits;
  }

  @Override
  public List<GrantedPart> parts() {
    return List.of(new GrantedPart(semaphore(), permits, usedUp, List.of(), List.of(), false));
  }

  @Override
  public String semaphore() {
    return block.semaphore();
  }

  @Override
  public int choice() {
    return 0;
  }

  @Override
  public boolean isAbandoned() {
    return false;
  }

  @Override
  public long grantedAtMicros() {
    return block.grantedAtMicros();
  }

  @Override
  public boolean isHeld() {
    return state == State.HELD && block.isHeld();
  }

  @Override
  public void ensureHeld() {
    if (!isHeld()) {
      throw whyNot();
    }
  }

  private SignalboxException whyNot() {
    LossReason loss = block.loss();
    if (loss == LossReason.SESSION_LOST) {
      return new SignalboxException.SessionLost(
          "the session was lost, and the permit with it", SignalboxException.Conclusion.NOT_DONE);
    }
    return new SignalboxException.GrantExpired(
        loss == null ? "the permit was given back" : "the permit was taken back: " + loss);
  }

  @Override
  public void onLost(Consumer<LossReason> listener) {
    LossReason told;
    synchronized (block.stash()) {
      told = block.toldLoss();
      if (state == State.GIVEN_BACK || state == State.GOING_HOME) {
        return;
      }
      if (told == null) {
        listeners().add(listener);
        block.watched.add(this);
      }
    }
    if (told != null) {
      tell(listener, told);
    }
  }

  private List<Consumer<LossReason>> listeners() {
    List<Consumer<LossReason>> all = listeners == null ? new ArrayList<>(1) : listeners;
    listeners = all;
    return all;
  }

  /** Those who wanted to know are told; nobody else can come to want it. */
  void tellLost() {
    LossReason told = block.toldLoss();
    if (told != null && listeners != null) {
      listeners.forEach(listener -> tell(listener, told));
    }
  }

  private void tell(Consumer<LossReason> listener, LossReason reason) {
    link.tell(() -> listener.accept(reason));
  }

  @Override
  public ReleaseResult release() throws InterruptedException {
    ReleaseResult here = giveBackHere();
    return here == null ? link.perform(ReleaseCall.goingHome(link, this)) : here;
  }

  @Override
  public ReleaseResult release(int part) throws InterruptedException {
    if (part != permits) {
      throw new SignalboxException.InvalidArgument("permits", NOT_IN_PARTS);
    }
    return release();
  }

  @Override
  public CompletableFuture<ReleaseResult> closeAsync() {
    ReleaseResult here = giveBackHere();
    return here == null
        ? link.begin(ReleaseCall.goingHome(link, this))
        : CompletableFuture.completedFuture(here);
  }

  @Override
  public void close() {
    if (giveBackHere() == null) {
      var unused = link.begin(ReleaseCall.goingHome(link, this));
    }
  }

  /** Gives it back to the credit that it is of; null if it has to go on to the service. */
  private @Nullable ReleaseResult giveBackHere() {
    synchronized (block.stash()) {
      if (state != State.HELD) {
        state = state == State.RELEASING ? State.GOING_HOME : state;
        return voidResult();
      }
      boolean held = block.isHeld();
      boolean goesHome = block.stash().takesBack(this);
      state = goesHome ? State.GOING_HOME : State.GIVEN_BACK;
      unwatch();
      if (goesHome) {
        return null;
      }
      return held ? BACK_IN_CREDIT : voidResult();
    }
  }

  private void unwatch() {
    if (listeners != null) {
      block.watched.remove(this);
    }
  }

  /** Nobody has it any more, and it is about to be sent. Under the stash's lock. */
  void setGoingHome() {
    state = State.GOING_HOME;
  }

  @Override
  public GiveBack write(ReleaseItem.GiveBack item) {
    return GiveBack.newBuilder()
        .setGrantId(block.grantId().toBytes())
        .setSemaphore(semaphore())
        .setPermits(permits)
        .build();
  }

  @Override
  public void ensureWhole(ReleaseItem.GiveBack item) {
    boolean all = item.semaphore().isEmpty() || item.semaphore().equals(semaphore());
    if (!all || (item.permits() != 0 && item.permits() != permits) || !item.slots().isEmpty()) {
      throw new SignalboxException.InvalidArgument("permits", NOT_IN_PARTS);
    }
  }

  @Override
  public boolean marksReleasing() {
    synchronized (block.stash()) {
      boolean marks = state == State.HELD;
      state = marks ? State.RELEASING : state;
      return marks;
    }
  }

  @Override
  public void unmarkReleasing() {
    boolean unwanted;
    synchronized (block.stash()) {
      unwanted = state == State.GOING_HOME;
      state = state == State.GIVEN_BACK ? state : State.HELD;
    }
    if (unwanted) {
      close();
    }
  }

  @Override
  public void settleReleasing() {
    synchronized (block.stash()) {
      if (state != State.GIVEN_BACK) {
        state = State.GIVEN_BACK;
        unwatch();
        block.stash().gone(this);
      }
    }
  }

  @Override
  public boolean isVoidIn(Session current, boolean marked) {
    return !marked || !block.isOf(current) || block.toldLoss() != null;
  }

  @Override
  public ReleaseResult voidResult() {
    LossReason loss = block.loss();
    return Wire.notHeld(loss == null ? LossReason.NO_LONGER_KNOWN : loss);
  }

  @Override
  public void forgetIn(Session current) {}
}
