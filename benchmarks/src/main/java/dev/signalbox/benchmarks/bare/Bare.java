package dev.signalbox.benchmarks.bare;

import dev.signalbox.benchmarks.load.Contestant;
import dev.signalbox.benchmarks.load.JavaProcess;
import dev.signalbox.benchmarks.load.Service;
import java.io.IOException;

/** What both ways to the bare map have in common. */
abstract class Bare implements Contestant {
  @Override
  public boolean hasLease() {
    return false;
  }

  @Override
  public Service start() throws IOException {
    return JavaProcess.start(BareServer.class);
  }
}
