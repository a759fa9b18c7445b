package dev.signalbox.client;

import dev.signalbox.client.internal.MessageCall;
import dev.signalbox.client.internal.Session;
import dev.signalbox.client.internal.SessionLink;
import dev.signalbox.v1.GiveBack;
import dev.signalbox.v1.Release;
import dev.signalbox.v1.ReleaseItem;
import dev.signalbox.v1.Reply;
import dev.signalbox.v1.Request;

/**
 * Ends a credit of tokens: so many of them are unused and come back, the rest was used up (K7). In
 * another session there is nothing to end.
 */
final class CreditEnd extends MessageCall<Boolean> {
  private final CreditBlock block;
  private final Release release;

  CreditEnd(SessionLink link, CreditBlock block, int unused) {
    super(link);
    this.block = block;
    this.release = release(block, unused);
  }

  private static Release release(CreditBlock block, int unused) {
    Release.Builder release = Release.newBuilder();
    if (unused > 0) {
      release.addItems(item(all(block).setSemaphore(block.semaphore()).setPermits(unused)));
    }
    return release.addItems(item(all(block))).build();
  }

  private static GiveBack.Builder all(CreditBlock block) {
    return GiveBack.newBuilder().setGrantId(block.grantId().toBytes());
  }

  private static ReleaseItem.Builder item(GiveBack.Builder giveBack) {
    return ReleaseItem.newBuilder().setGiveBack(giveBack);
  }

  @Override
  protected boolean isFree() {
    return true;
  }

  @Override
  protected boolean givesBack() {
    return true;
  }

  @Override
  protected boolean maySurviveSession() {
    return false;
  }

  @Override
  protected boolean write(Request.Builder to, Session session) {
    to.setRelease(release);
    return block.isOf(session);
  }

  @Override
  protected Boolean settleHere() {
    return false;
  }

  @Override
  protected Boolean read(Reply reply, Session session) {
    session.released(release, reply.getRelease().getItemsList());
    return true;
  }
}
