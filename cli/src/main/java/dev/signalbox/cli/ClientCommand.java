package dev.signalbox.cli;

import dev.signalbox.client.SignalboxClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** A word that asks the service something and is done. */
@Command(mixinStandardHelpOptions = true)
abstract class ClientCommand implements Callable<Integer> {
  private final Signalbox app;

  ClientCommand(Signalbox app) {
    this.app = app;
  }

  /** Does it; returns the exit code. */
  abstract int run(SignalboxClient client) throws InterruptedException;

  final Signalbox app() {
    return app;
  }

  final Output output() {
    return app.output();
  }

  @Override
  public final Integer call() throws InterruptedException {
    try (SignalboxClient client = app.connect()) {
      return run(client);
    }
  }
}
