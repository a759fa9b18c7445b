package dev.signalbox.client;

import dev.signalbox.client.internal.GrantId;
import dev.signalbox.client.internal.Holding;
import dev.signalbox.client.internal.Session;
import dev.signalbox.v1.Grant;
import dev.signalbox.v1.NotHeldReason;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One credit: a grant whose permits a {@link CreditStash} hands out. */
final class CreditBlock extends Holding {
  private final CreditStash stash;
  private final Session session;
  private final long grantedAtMicros;

  /** When the client asked for it, by its own clock. */
  final long askedAt;

  private volatile @Nullable LossReason loss;

  // Guarded by the stash.
  int unused;
  int lent;
  boolean recalled;

  /** Those of its permits whose loss somebody wants to hear of. */
  final Set<CreditPermit> watched = new LinkedHashSet<>();

  CreditBlock(CreditStash stash, Session session, Grant grant, long askedAt) {
    this(stash, session, grant, grant.getParts(0).getPermits(), askedAt);
  }

  private CreditBlock(CreditStash stash, Session session, Grant grant, int permits, long askedAt) {
    super(GrantId.of(grant.getId()), List.of(stash.semaphore()), new int[] {permits}, true);
    this.stash = stash;
    this.session = session;
    this.grantedAtMicros = grant.getGrantedAtMicros();
    this.askedAt = askedAt;
    this.unused = permits;
  }

  CreditStash stash() {
    return stash;
  }

  String semaphore() {
    return stash.semaphore();
  }

  long grantedAtMicros() {
    return grantedAtMicros;
  }

  /** Whether what was lent of it may be taken for held (L4). */
  boolean isHeld() {
    return loss == null && session.isLive();
  }

  boolean isOf(Session current) {
    return session == current;
  }

  /** Why it is not held: it was lost with the session unless the service said otherwise. */
  @Nullable LossReason loss() {
    LossReason told = loss;
    return told == null && !session.isLive() ? LossReason.SESSION_LOST : told;
  }

  /** As its holders were told. */
  @Nullable LossReason toldLoss() {
    return loss;
  }

  /** Nothing of it is here any more, and nothing on its way. Under the stash's lock. */
  boolean isSpent() {
    return unused == 0 && lent == 0;
  }

  @Override
  protected void creditRecalled() {
    stash.recalled(this);
  }

  @Override
  protected void lost(NotHeldReason why, boolean wholly) {
    loss = Wire.reason(why);
    stash.lost(this);
  }

  @Override
  protected void returned() {}
}
