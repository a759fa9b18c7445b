package dev.signalbox.cli;

import dev.signalbox.client.SignalboxClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Deletes an object. */
@Command(name = "delete", description = "Delete a semaphore, a mutex or an event.")
final class DeleteCommand extends ClientCommand {
  @Parameters(paramLabel = "NAME", description = "Its name")
  private String name = "";

  @Option(
      names = "--force",
      description = "Even if it is in use: waiters fail, and held permits are void")
  private boolean force;

  DeleteCommand(Signalbox app) {
    super(app);
  }

  @Override
  int run(SignalboxClient client) throws InterruptedException {
    if (force) {
      Named.deleteByForce(client, name);
    } else {
      Named.delete(client, name);
    }
    output().print(() -> "deleted " + name, () -> AsJson.of("name", name, "deleted", true));
    return ExitCode.OK;
  }
}
