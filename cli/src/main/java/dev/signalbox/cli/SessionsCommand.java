package dev.signalbox.cli;

import dev.signalbox.client.SessionInfo;
import dev.signalbox.client.SignalboxClient;
import java.util.List;
import picocli.CommandLine.Command;

/** Lists the sessions. */
@Command(
    name = "sessions",
    description = {
      "List the sessions of all clients.",
      "Oldest first; the session of this command itself is among them."
    })
final class SessionsCommand extends ClientCommand {
  SessionsCommand(Signalbox app) {
    super(app);
  }

  @Override
  int run(SignalboxClient client) throws InterruptedException {
    List<SessionInfo> found = client.sessions().list();
    if (output().isJson()) {
      found.forEach(info -> output().print(() -> "", () -> AsJson.session(info)));
    } else {
      output().print(() -> AsText.sessions(found), AsJson::of);
    }
    return ExitCode.OK;
  }
}
