package dev.signalbox.client.internal;

import dev.signalbox.v1.ClientFrame;
import dev.signalbox.v1.Open;

/** The frames that have nothing to do with requests. */
final class Frames {
  private Frames() {}

  static ClientFrame.Builder open(LinkOptions options) {
    Open.Builder open =
        Open.newBuilder()
            .setClientName(options.clientName())
            .setLease(Durations.toWire(options.lease()));
    options.endAfterBreak().ifPresent(delay -> open.setEndAfterBreak(Durations.toWire(delay)));
    return ClientFrame.newBuilder().setOpen(open);
  }

  static ClientFrame.Builder close() {
    return ClientFrame.newBuilder().setClose(true);
  }
}
