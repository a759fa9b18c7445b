package dev.signalbox.client.testing;

import dev.signalbox.client.fixtures.TestedService;

/** Has the contract tests of the SDK run against the kit. */
public final class KitMaker implements TestedService.Maker {
  /** For the service loader. */
  public KitMaker() {}

  @Override
  public TestedService start() {
    return new Kit(TestSignalbox.startRunning());
  }

  /** A box whose clock runs: the contract tests wait for real time. */
  record Kit(TestSignalbox box) implements TestedService {
    @Override
    public int port() {
      return Integer.parseInt(box.target().substring(box.target().indexOf(':') + 1));
    }

    @Override
    public void close() {
      box.close();
    }
  }
}
