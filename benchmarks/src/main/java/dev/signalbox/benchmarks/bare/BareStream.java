package dev.signalbox.benchmarks.bare;

import dev.signalbox.benchmarks.load.Client;
import dev.signalbox.benchmarks.load.Life;

/** The bare map behind one stream of frames: the limit of what a service over gRPC can do. */
public final class BareStream extends Bare {
  /** For the service loader. */
  public BareStream() {}

  @Override
  public String name() {
    return "bare-stream";
  }

  @Override
  public Client connect(String endpoint, Life life) {
    return new StreamClient(endpoint);
  }
}
