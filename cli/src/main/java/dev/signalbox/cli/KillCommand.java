package dev.signalbox.cli;

import dev.signalbox.client.SignalboxClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Ends a session of somebody's. */
@Command(
    name = "kill",
    description = {
      "End a session of any client.",
      "Everything that it holds goes back at once. Its client hears of it, and a 'signalbox run'"
          + " stops its command."
    })
final class KillCommand extends ClientCommand {
  @Parameters(
      paramLabel = "SESSION",
      description = "Its number, from 'signalbox sessions' or 'signalbox get'")
  private long session;

  KillCommand(Signalbox app) {
    super(app);
  }

  @Override
  int run(SignalboxClient client) throws InterruptedException {
    boolean found = client.sessions().list().stream().anyMatch(info -> info.number() == session);
    if (!found) {
      output().say("there is no session " + session + "; 'signalbox sessions' lists them");
      return ExitCode.FAILED;
    }
    client.sessions().end(session);
    output()
        .print(
            () -> "ended session " + session, () -> AsJson.of("session", session, "ended", true));
    return ExitCode.OK;
  }
}
