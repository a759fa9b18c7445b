package dev.signalbox.client;

import dev.signalbox.client.internal.GrantId;
import dev.signalbox.client.internal.Holding;
import dev.signalbox.client.internal.Session;
import dev.signalbox.client.internal.SessionLink;
import dev.signalbox.v1.GiveBack;
import dev.signalbox.v1.NotHeldReason;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** A permit of a session. */
final class LinkedPermit extends Holding implements Returnable {
  private enum State {
    /** It is held, as long as the session lives. */
    HELD,
    /** It is to be given back together with others, which may be refused. */
    RELEASING,
    /** It was given back, or is about to be; or there was nothing to hold. */
    GIVEN_BACK,
    /** It was taken back by the service. */
    LOST
  }

  private final SessionLink link;
  private final Session session;
  private final Granted granted;
  private final long grantedAtMicros;
  private final AtomicReference<State> state;
  private final LossNews news = new LossNews();
  private volatile LossReason reason = LossReason.NO_LONGER_KNOWN;
  private volatile boolean damaged;

  private LinkedPermit(
      SessionLink link, Session session, GrantId id, Granted granted, long grantedAtMicros) {
    super(id, granted.held(), granted.permits());
    this.link = link;
    this.session = session;
    this.granted = granted;
    this.grantedAtMicros = grantedAtMicros;
    state = new AtomicReference<>(granted.held().isEmpty() ? State.GIVEN_BACK : State.HELD);
  }

  /** What was just granted; the session takes note of it. Network thread. */
  static LinkedPermit granted(
      SessionLink link, Session session, GrantId id, Granted granted, long grantedAtMicros) {
    LinkedPermit permit = new LinkedPermit(link, session, id, granted, grantedAtMicros);
    if (!granted.held().isEmpty()) {
      session.hold(permit);
    }
    return permit;
  }

  @Override
  public String id() {
    return grantId().toString();
  }

  @Override
  public int permits() {
    return parts().stream().mapToInt(GrantedPart::permits).sum();
  }

  @Override
  public List<GrantedPart> parts() {
    return granted.parts();
  }

  @Override
  public String semaphore() {
    return parts().get(0).semaphore();
  }

  @Override
  public int choice() {
    return granted.choice();
  }

  @Override
  public boolean isAbandoned() {
    return parts().stream().anyMatch(GrantedPart::abandoned);
  }

  @Override
  public long grantedAtMicros() {
    return grantedAtMicros;
  }

  @Override
  public boolean isHeld() {
    return state.get() == State.HELD && !damaged && session.isLive();
  }

  @Override
  public void ensureHeld() {
    if (!isHeld()) {
      throw whyNot();
    }
  }

  private SignalboxException whyNot() {
    boolean sessionLost = !session.isLive() || reason == LossReason.SESSION_LOST;
    return sessionLost
        ? new SignalboxException.SessionLost(
            "the session was lost, and the permit with it", SignalboxException.Conclusion.NOT_DONE)
        : new SignalboxException.GrantExpired(
            state.get() == State.LOST || damaged
                ? "the permit was taken back: " + reason
                : "the permit was given back");
  }

  @Override
  public void onLost(Consumer<LossReason> listener) {
    LossReason told = news.add(listener);
    if (told != null) {
      link.tell(() -> listener.accept(told));
    }
  }

  @Override
  public ReleaseResult release() throws InterruptedException {
    return marksGivenBack() ? link.perform(giveBack()) : notHeld();
  }

  @Override
  public ReleaseResult release(int permits) throws InterruptedException {
    if (parts().size() > 1) {
      throw new SignalboxException.InvalidArgument("permits", "must say of which semaphore");
    }
    if (state.get() == State.LOST) {
      return notHeld();
    }
    return link.perform(ReleaseCall.ofOne(link, ReleaseItem.giveBack(this, semaphore(), permits)));
  }

  @Override
  public CompletableFuture<ReleaseResult> closeAsync() {
    return marksGivenBack() ? link.begin(giveBack()) : CompletableFuture.completedFuture(notHeld());
  }

  @Override
  public void close() {
    if (state.get() != State.GIVEN_BACK && marksGivenBack()) {
      var unused = link.begin(giveBack());
    }
  }

  /** False: there is nothing that could be given back. */
  private boolean marksGivenBack() {
    State now = state.get();
    while (now == State.HELD || now == State.RELEASING) {
      if (state.compareAndSet(now, State.GIVEN_BACK)) {
        return true;
      }
      now = state.get();
    }
    if (now == State.LOST) {
      session.forgetLost(this);
    }
    return now == State.GIVEN_BACK && !isReceipt();
  }

  private boolean isReceipt() {
    return grantId().equals(GrantId.NONE);
  }

  private ReleaseResult notHeld() {
    return Wire.notHeld(reason);
  }

  private GiveBackCall giveBack() {
    return new GiveBackCall(link, this);
  }

  @Override
  public GiveBack write(ReleaseItem.GiveBack item) {
    return GiveBack.newBuilder()
        .setGrantId(grantId().toBytes())
        .setSemaphore(item.semaphore())
        .setPermits(item.permits())
        .addAllSlots(item.slots())
        .build();
  }

  @Override
  public void ensureWhole(ReleaseItem.GiveBack item) {}

  @Override
  public boolean isVoidIn(Session current, boolean marked) {
    return isReceipt() || session != current || state.get() == State.LOST;
  }

  @Override
  public ReleaseResult voidResult() {
    boolean wasGivenBack = state.get() == State.GIVEN_BACK;
    return Wire.notHeld(session.isLive() || wasGivenBack ? reason : LossReason.SESSION_LOST);
  }

  @Override
  public void forgetIn(Session current) {
    current.forgetLost(this);
  }

  @Override
  public boolean marksReleasing() {
    return state.compareAndSet(State.HELD, State.RELEASING);
  }

  @Override
  public void unmarkReleasing() {
    state.compareAndSet(State.RELEASING, State.HELD);
  }

  /** The session says when the last of it was given back. */
  @Override
  public void settleReleasing() {}

  @Override
  protected void lost(NotHeldReason why, boolean wholly) {
    reason = Wire.reason(why);
    damaged = true;
    State before = state.get();
    if (wholly) {
      before = state.getAndUpdate(now -> now == State.GIVEN_BACK ? now : State.LOST);
    }
    if (before != State.GIVEN_BACK) {
      news.lost(reason, link::tell);
    }
  }

  @Override
  protected void returned() {
    state.set(State.GIVEN_BACK);
  }
}
