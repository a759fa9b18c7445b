package dev.signalbox.systemtests.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.server.Rule;
import dev.signalbox.systemtests.Project;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * What the reference model was seen to do, done with our service. Another file is replayed with
 * {@code -Doracle.traces=FILE}.
 */
class OracleReplayTest {
  private static final Path MODULE = Project.root().resolve("system-tests");
  private static final Path PUBLIC = MODULE.resolve("src/test/resources/oracle/traces-public.json");

  @Test
  @Rule({"A3", "A4", "A5", "A6", "R1", "R2", "R5", "C4", "C6"})
  void recordedRuns_replayed_comeOutAsRecordedOrAsOurRulesSay() throws Exception {
    Path file = Path.of(System.getProperty("oracle.traces", PUBLIC.toString()));
    Report report = Replay.of(file);
    System.out.println(report.table());
    report.write(MODULE.resolve("target/oracle-report.json"));
    assertThat(report.results()).as("cases").isNotEmpty();
    assertThat(report.failures()).isEmpty();
  }
}
