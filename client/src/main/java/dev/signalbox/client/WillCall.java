package dev.signalbox.client;

import dev.signalbox.client.internal.MessageCall;
import dev.signalbox.client.internal.Session;
import dev.signalbox.client.internal.SessionLink;
import dev.signalbox.v1.ClearWill;
import dev.signalbox.v1.Reply;
import dev.signalbox.v1.Request;
import dev.signalbox.v1.SetWill;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Leaves, replaces or withdraws a last will (L8). */
final class WillCall extends MessageCall<LastWill> {
  private enum Purpose {
    LEAVE,
    REPLACE,
    WITHDRAW,
    /** Nobody took the will that was left. */
    UNDO
  }

  private final SessionLink link;
  private final LinkedWill will;
  private final List<ReleaseItem.Signal> signals;
  private final Purpose purpose;

  private WillCall(
      SessionLink link, LinkedWill will, List<ReleaseItem.Signal> signals, Purpose purpose) {
    super(link);
    this.link = link;
    this.will = will;
    this.signals = List.copyOf(signals);
    this.purpose = purpose;
  }

  static WillCall leaving(SessionLink link, LinkedWill will, List<ReleaseItem.Signal> signals) {
    return new WillCall(link, will, signals, Purpose.LEAVE);
  }

  static WillCall replacing(SessionLink link, LinkedWill will, List<ReleaseItem.Signal> signals) {
    return new WillCall(link, will, signals, Purpose.REPLACE);
  }

  static WillCall withdrawing(SessionLink link, LinkedWill will) {
    return new WillCall(link, will, List.of(), Purpose.WITHDRAW);
  }

  private boolean sets() {
    return purpose == Purpose.LEAVE || purpose == Purpose.REPLACE;
  }

  @Override
  protected boolean isFree() {
    return purpose == Purpose.UNDO;
  }

  @Override
  protected boolean givesBack() {
    return !sets();
  }

  @Override
  protected boolean isOrphanIn(@Nullable Session current) {
    return sets() && will.isOrphanIn(current);
  }

  @Override
  protected boolean write(Request.Builder to, Session session) {
    if (!sets()) {
      to.setClearWill(ClearWill.newBuilder().setWill(will.number()));
      return will.isOf(session);
    }
    will.sentTo(session);
    SetWill.Builder set = SetWill.newBuilder().setWill(will.number());
    signals.forEach(signal -> set.addSignals(Wire.signal(signal)));
    to.setSetWill(set);
    return true;
  }

  @Override
  protected LastWill settleHere() {
    return will;
  }

  @Override
  protected LastWill read(Reply reply, Session session) {
    will.says(signals);
    return will;
  }

  /** A will that nobody knows of must not be carried out. */
  @Override
  protected void undo(LastWill unwanted) {
    if (purpose == Purpose.LEAVE) {
      var unused = link.begin(new WillCall(link, will, List.of(), Purpose.UNDO));
    }
  }
}
