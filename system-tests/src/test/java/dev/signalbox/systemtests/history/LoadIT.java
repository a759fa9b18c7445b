package dev.signalbox.systemtests.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.server.Rule;
import dev.signalbox.server.ServerOptions;
import dev.signalbox.server.SignalboxServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several processes share a durable server, and note what they are told. */
class LoadIT {
  private static final int PROCESSES = 3;
  private static final int THREADS = 6;
  private static final int SECONDS = Integer.getInteger("load.seconds", 6);
  private static final long SEED = Long.getLong("load.seed", System.nanoTime());

  @TempDir Path folder;
  private SignalboxServer server;

  @BeforeEach
  void startServer() throws Exception {
    System.out.println("Load with -Dload.seed=" + SEED);
    server =
        SignalboxServer.start(
            ServerOptions.builder().clientPort(0).dataDir(folder.resolve("data")).build());
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  @Test
  @Rule({"R1", "R2", "R6", "A2", "A4", "A5", "A7", "A8"})
  void historyOfAnUndisturbedRun_isLegal() throws Exception {
    try (LoadRun run = start(Duration.ofSeconds(15))) {
      TimeUnit.SECONDS.sleep(SECONDS);
      History history = run.finish();
      assertThat(run.exitCodes()).as("see target/processes").containsOnly(0);
      assertLegal(history);
    }
  }

  @Test
  @Rule({"R6", "L2"})
  void historyWithAKilledClient_isLegal() throws Exception {
    try (LoadRun run = start(Duration.ofSeconds(2))) {
      TimeUnit.SECONDS.sleep(SECONDS / 2);
      run.processes().get(0).destroyForcibly();
      TimeUnit.SECONDS.sleep(SECONDS / 2);
      History history = run.finish();
      assertThat(run.exitCodes().subList(1, PROCESSES)).containsOnly(0);
      assertThat(history.calls()).as("some call was cut short").anyMatch(Call::isOpen);
      assertLegal(history);
    }
  }

  private LoadRun start(Duration lease) throws Exception {
    List<String> targets = List.of("127.0.0.1:" + server.port());
    return LoadRun.start(folder, targets, PROCESSES, THREADS, SEED, lease);
  }

  private static void assertLegal(History history) {
    List<Violation> violations = Checker.check(history);
    System.out.println(CheckMain.verdict(history, violations));
    assertThat(history.sessions("opened")).isEqualTo(PROCESSES);
    assertThat(violations).isEmpty();
  }
}
