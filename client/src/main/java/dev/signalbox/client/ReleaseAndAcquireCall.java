package dev.signalbox.client;

import dev.signalbox.client.internal.Session;
import dev.signalbox.client.internal.SessionLink;
import dev.signalbox.v1.AcquireResult;
import dev.signalbox.v1.Release;
import dev.signalbox.v1.ReleaseAndAcquire;
import dev.signalbox.v1.Request;
import java.util.List;
import java.util.Optional;

/** A release, and if it is not refused an acquire, in one step (A6). */
final class ReleaseAndAcquireCall extends AcquireCall<ReleasedAndAcquired> {
  private final ReleaseItems items;

  ReleaseAndAcquireCall(SessionLink link, List<ReleaseItem> items, Wanted wanted) {
    super(link, wanted);
    this.items = new ReleaseItems(items).mark();
  }

  @Override
  protected boolean write(Request.Builder to, Session session) {
    Release.Builder release = items.write(session);
    if (release.getItemsCount() == 0) {
      to.setAcquire(wanted().message());
    } else {
      to.setReleaseAndAcquire(
          ReleaseAndAcquire.newBuilder().setRelease(release).setAcquire(wanted().message()));
    }
    return true;
  }

  @Override
  ReleasedAndAcquired shape(Optional<Permit> granted, AcquireResult result, Session session) {
    return new ReleasedAndAcquired(items.read(result.getReleasedList(), session), granted);
  }

  @Override
  protected boolean maySurviveSession() {
    return true;
  }

  @Override
  protected void failed() {
    items.unmark();
  }
}
