package dev.signalbox.client;

import dev.signalbox.client.internal.MessageCall;
import dev.signalbox.client.internal.Session;
import dev.signalbox.client.internal.SessionLink;
import dev.signalbox.v1.ClearWill;
import dev.signalbox.v1.Release;
import dev.signalbox.v1.Reply;
import dev.signalbox.v1.Request;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A release of one or many items, which may carry out a last will. */
final class ReleaseCall<T> extends MessageCall<T> {
  private final ReleaseItems items;
  private final Function<List<ReleaseResult>, T> shape;
  private final @Nullable LinkedWill will;
  private final boolean free;

  private ReleaseCall(
      SessionLink link,
      ReleaseItems items,
      @Nullable LinkedWill will,
      Function<List<ReleaseResult>, T> shape,
      boolean free) {
    super(link);
    this.items = items;
    this.will = will;
    this.shape = shape;
    this.free = free;
  }

  static ReleaseCall<ReleaseResult> ofOne(SessionLink link, ReleaseItem item) {
    ReleaseItems items = new ReleaseItems(List.of(item));
    boolean free = item instanceof ReleaseItem.GiveBack;
    return new ReleaseCall<>(link, items, null, results -> results.get(0), free);
  }

  /** Of a permit from credit that does not go back into it. */
  static ReleaseCall<ReleaseResult> goingHome(SessionLink link, CreditPermit permit) {
    ReleaseItems items = ReleaseItems.goingHome(permit);
    return new ReleaseCall<>(link, items, null, results -> results.get(0), true);
  }

  static ReleaseCall<List<ReleaseResult>> ofMany(
      SessionLink link, List<ReleaseItem> items, @Nullable LinkedWill will) {
    return new ReleaseCall<>(link, new ReleaseItems(items).mark(), will, List::copyOf, false);
  }

  @Override
  protected boolean isFree() {
    return free;
  }

  @Override
  protected boolean givesBack() {
    return will != null || items.giveBack();
  }

  @Override
  protected boolean isOrphanIn(@Nullable Session current) {
    return will != null && will.isOrphanIn(current);
  }

  @Override
  protected void orphaned() {
    if (will != null) {
      will.carriedOut();
    }
  }

  @Override
  protected boolean write(Request.Builder to, Session session) {
    Release.Builder release = items.write(session);
    boolean releases = release.getItemsCount() > 0;
    if (will != null && releases) {
      release.addFulfilledWills(will.number());
    } else if (will != null) {
      to.setClearWill(ClearWill.newBuilder().setWill(will.number()));
    }
    if (releases) {
      to.setRelease(release);
    }
    return releases || will != null;
  }

  @Override
  protected T settleHere() {
    return shape.apply(items.allVoid());
  }

  @Override
  protected T read(Reply reply, Session session) {
    if (will != null) {
      will.says(List.of());
    }
    return reply.hasRelease()
        ? shape.apply(items.read(reply.getRelease().getItemsList(), session))
        : settleHere();
  }

  @Override
  protected void failed() {
    items.unmark();
  }
}
