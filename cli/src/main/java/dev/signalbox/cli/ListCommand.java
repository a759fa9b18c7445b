package dev.signalbox.cli;

import dev.signalbox.client.SemaphoreInfo;
import dev.signalbox.client.SignalboxClient;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Lists objects by the beginning of their names. */
@Command(name = "list", description = "List semaphores, mutexes and events by name.")
final class ListCommand extends ClientCommand {
  @Parameters(
      arity = "0..1",
      paramLabel = "PREFIX",
      description = "Only names that begin with this")
  private String prefix = "";

  ListCommand(Signalbox app) {
    super(app);
  }

  @Override
  int run(SignalboxClient client) throws InterruptedException {
    List<SemaphoreInfo> found = client.semaphores().list(prefix);
    if (output().isJson()) {
      found.forEach(info -> output().print(() -> "", () -> AsJson.info(info)));
    } else {
      output().print(() -> AsText.infos(found), AsJson::of);
    }
    return ExitCode.OK;
  }
}
