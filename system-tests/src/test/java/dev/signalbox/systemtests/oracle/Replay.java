package dev.signalbox.systemtests.oracle;

import dev.signalbox.client.SignalboxClient;
import dev.signalbox.server.ServerOptions;
import dev.signalbox.server.SignalboxServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Replays a file, case by case, against a server that is started for it. */
final class Replay {
  private Replay() {}

  static Report of(Path file) throws IOException {
    List<CaseResult> results = new ArrayList<>();
    try (SignalboxServer server = SignalboxServer.start(ServerOptions.embedded());
        SignalboxClient client =
            SignalboxClient.builder()
                .target("127.0.0.1:" + server.port())
                .clientName("oracle-view")
                .build()) {
      View view = new View(client);
      for (TraceCase one : Trace.read(file).cases()) {
        results.add(CaseReplay.of(one, server.port(), results.size(), view));
      }
    }
    return new Report(file.toString(), results);
  }
}
