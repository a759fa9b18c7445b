package dev.signalbox.client;

import dev.signalbox.client.internal.MessageCall;
import dev.signalbox.client.internal.Session;
import dev.signalbox.client.internal.SessionLink;
import dev.signalbox.v1.AcquireResult;
import dev.signalbox.v1.Reply;
import dev.signalbox.v1.Request;
import dev.signalbox.v1.TakeCredit;

/** Asks for a credit. It follows from an acquire, and never waits. */
final class CreditCall extends MessageCall<Boolean> {
  private final CreditStash stash;
  private final int permits;
  private final long askedAt;

  CreditCall(SessionLink link, CreditStash stash, int permits) {
    super(link);
    this.stash = stash;
    this.permits = permits;
    this.askedAt = link.nanoTime();
  }

  @Override
  protected boolean isFree() {
    return true;
  }

  @Override
  protected boolean maySurviveSession() {
    return false;
  }

  @Override
  protected boolean write(Request.Builder to, Session session) {
    to.setTakeCredit(TakeCredit.newBuilder().setSemaphore(stash.semaphore()).setUpTo(permits));
    return true;
  }

  @Override
  protected Boolean read(Reply reply, Session session) {
    AcquireResult result = reply.getAcquire();
    if (result.hasGrant()) {
      CreditBlock block = new CreditBlock(stash, session, result.getGrant(), askedAt);
      session.hold(block);
      stash.arrived(block);
    } else {
      stash.gotNothing();
    }
    return result.hasGrant();
  }

  @Override
  protected void failed() {
    stash.gotNothing();
  }
}
