package dev.signalbox.systemtests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.server.Rule;
import dev.signalbox.systemtests.history.LoadRun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A durable server by itself is killed over and over while clients work, and started again. */
class KilledServerIT {
  private static final int SEMAPHORES =
      Integer.getInteger("faults.semaphores", System.getenv("CI") == null ? 100_000 : 30_000);

  @TempDir Path folder;

  @Test
  @Rule({"E1", "E2", "L5", "L7", "R6"})
  void killedServer_losesAndDoublesNothing_andIsBackSoon() throws Exception {
    try (Node node = Node.alone("killed-server", folder.resolve("data"))) {
      node.awaitService();
      Fill.semaphores(node.target(), SEMAPHORES);
      try (LoadRun run = Judge.load(folder, List.of(node.target()))) {
        List<Long> kills = new ArrayList<>();
        List<Duration> restarts = new ArrayList<>();
        for (int i = 0; i < Kills.COUNT; i++) {
          Pause.ofWork();
          kills.add(System.nanoTime());
          node.kill();
          node.start();
          restarts.add(node.awaitService());
        }
        Pause.ofWork();
        Judge judge = Judge.finish(run);
        Outage.say("Server killed: process start to first answer", restarts);
        Outage.say("Server killed: no answer to anybody", judge.outages(kills));
        assertThat(judge.lostSessions()).isZero();
        assertThat(judge.failed()).isEmpty();
        assertThat(Outage.worst(restarts)).isLessThan(Duration.ofSeconds(20));
      }
    }
  }
}
