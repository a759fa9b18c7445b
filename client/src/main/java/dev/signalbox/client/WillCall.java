package dev.signalbox.client;

import dev.signalbox.client.internal.Session;
import dev.signalbox.client.internal.SessionLink;
import dev.signalbox.client.internal.StreamCall;
import dev.signalbox.v1.ClearWill;
import dev.signalbox.v1.Reply;
import dev.signalbox.v1.Request;
import dev.signalbox.v1.SetWill;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Leaves, replaces or withdraws a last will (L8). */
final class WillCall extends StreamCall<LastWill> {
  private final LinkedWill will;
  private final @Nullable List<ReleaseItem.Signal> signals;

  /** Without signals the will is withdrawn. */
  WillCall(SessionLink link, LinkedWill will, @Nullable List<ReleaseItem.Signal> signals) {
    super(link);
    this.will = will;
    this.signals = signals;
  }

  @Override
  protected boolean write(Request.Builder to, Session session) {
    if (signals == null) {
      to.setClearWill(ClearWill.newBuilder().setWill(will.number()));
      return will.isOf(session);
    }
    SetWill.Builder set = SetWill.newBuilder().setWill(will.numberIn(session));
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
    return will;
  }
}
