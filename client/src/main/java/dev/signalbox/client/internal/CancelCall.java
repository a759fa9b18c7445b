package dev.signalbox.client.internal;

import dev.signalbox.v1.Cancel;
import dev.signalbox.v1.CancelResult;
import dev.signalbox.v1.Reply;
import dev.signalbox.v1.Request;

/**
 * Cancels an acquire of the same session. Whatever comes of it, the acquire's own answer says it.
 */
final class CancelCall extends MessageCall<CancelResult> {
  private final long cancelled;
  private final Session session;

  CancelCall(SessionLink link, Session session, long number) {
    super(link);
    this.session = session;
    this.cancelled = number;
  }

  @Override
  protected boolean write(Request.Builder to, Session current) {
    to.setCancel(Cancel.newBuilder().setNumber(cancelled));
    return current == session;
  }

  @Override
  protected CancelResult settleHere() {
    return CancelResult.getDefaultInstance();
  }

  @Override
  protected CancelResult read(Reply reply, Session session) {
    return reply.getCancel();
  }

  @Override
  protected boolean isFree() {
    return true;
  }
}
