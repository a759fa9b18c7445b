package dev.signalbox.cli;

import dev.signalbox.client.SemaphoreInfo;
import dev.signalbox.client.SignalboxClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Gives a semaphore another max. */
@Command(
    name = "resize",
    description = {"Give a semaphore another max.", "Nobody loses a permit; 0 closes it for now."})
final class ResizeCommand extends ClientCommand {
  @Parameters(index = "0", paramLabel = "NAME", description = "Its name")
  private String name = "";

  @Parameters(index = "1", paramLabel = "MAX", description = "The new max: 0 to 2147483647")
  private int max;

  ResizeCommand(Signalbox app) {
    super(app);
  }

  @Override
  int run(SignalboxClient client) throws InterruptedException {
    SemaphoreInfo info = client.semaphores().open(name).resize(max);
    output().print(() -> AsText.change(info), () -> AsJson.info(info));
    return ExitCode.OK;
  }
}
