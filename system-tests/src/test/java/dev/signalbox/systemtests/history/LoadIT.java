package dev.signalbox.systemtests.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.server.Rule;
import dev.signalbox.server.ServerOptions;
import dev.signalbox.server.SignalboxServer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several processes share a durable server that nothing happens to. */
class LoadIT {
  private static final int SECONDS = Integer.getInteger("load.seconds", 6);
  private static final long SEED = Long.getLong("load.seed", System.nanoTime());

  @TempDir Path folder;

  @Test
  @Rule({"R1", "R2", "R6", "A2", "A4", "A5", "A7", "A8"})
  void historyOfAnUndisturbedServer_isLegal() throws Exception {
    System.out.println("Load with -Dload.seed=" + SEED);
    ServerOptions options =
        ServerOptions.builder().clientPort(0).dataDir(folder.resolve("data")).build();
    try (SignalboxServer server = SignalboxServer.start(options);
        LoadRun run = LoadRun.start(folder, List.of("127.0.0.1:" + server.port()), 3, 6, SEED)) {
      TimeUnit.SECONDS.sleep(SECONDS);
      History history = run.finish();
      List<Violation> violations = Checker.check(history);
      System.out.println("Load: " + CheckMain.verdict(history, violations));
      assertThat(run.exitCodes()).as("see target/processes").containsOnly(0);
      assertThat(history.sessions("lost")).isZero();
      assertThat(violations).isEmpty();
    }
  }
}
