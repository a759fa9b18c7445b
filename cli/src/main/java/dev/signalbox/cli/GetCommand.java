package dev.signalbox.cli;

import dev.signalbox.client.SemaphoreInfo;
import dev.signalbox.client.SignalboxClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows one object with its holders and waiters. */
@Command(name = "get", description = "Show one object, who holds it and who waits for it.")
final class GetCommand extends ClientCommand {
  @Parameters(paramLabel = "NAME", description = "Its name")
  private String name = "";

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Show at most so many holders and so many waiters of a semaphore: 0 to 1000")
  private int limit = 100;

  GetCommand(Signalbox app) {
    super(app);
  }

  @Override
  int run(SignalboxClient client) throws InterruptedException {
    SemaphoreInfo info = Named.info(Named.open(client, name), limit);
    output().print(() -> AsText.infoWithUsers(info), () -> AsJson.infoWithUsers(info));
    return ExitCode.OK;
  }
}
