package dev.signalbox.systemtests.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.client.SignalboxClient;
import dev.signalbox.server.ServerOptions;
import dev.signalbox.server.SignalboxServer;
import dev.signalbox.systemtests.Project;
import dev.signalbox.systemtests.oracle.CaseResult.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What the reference model was seen to do, done with our service. Another file is replayed with
 * {@code -Doracle.traces=FILE}.
 */
class OracleReplayTest {
  private static final Path MODULE = Project.root().resolve("system-tests");
  private static final Path PUBLIC = MODULE.resolve("src/test/resources/oracle/traces-public.json");

  @Test
  void recordedRuns_replayed_comeOutAsRecordedOrAsOurRulesSay() throws Exception {
    Path file = Path.of(System.getProperty("oracle.traces", PUBLIC.toString()));
    Report report = replay(file, Trace.read(file).cases());
    System.out.println(report.table());
    report.write(MODULE.resolve("target/oracle-report.json"));
    assertThat(report.results()).as("cases").isNotEmpty();
    assertThat(report.with(Outcome.FAILED))
        .extracting(result -> result.name() + ": " + result.why())
        .as("failed cases")
        .isEmpty();
  }

  private static Report replay(Path file, List<TraceCase> cases) throws Exception {
    List<CaseResult> results = new ArrayList<>();
    try (SignalboxServer server = SignalboxServer.start(ServerOptions.embedded());
        SignalboxClient client =
            SignalboxClient.builder()
                .target("127.0.0.1:" + server.port())
                .clientName("oracle-view")
                .build()) {
      View view = new View(client);
      for (TraceCase one : cases) {
        results.add(CaseReplay.of(one, server.port(), results.size(), view));
      }
    }
    return new Report(file.toString(), results);
  }
}
