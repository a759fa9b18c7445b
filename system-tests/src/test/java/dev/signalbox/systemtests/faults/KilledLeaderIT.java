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

/** Whoever leads three nodes is killed, over and over, while clients work. */
class KilledLeaderIT {
  @TempDir Path folder;

  @Test
  @Rule({"E1", "E2", "L5", "L7", "R6"})
  void killedLeader_isSucceededSoon_andNothingIsLostOrDoubled() throws Exception {
    try (Cluster cluster = new Cluster("killed-leader", folder)) {
      cluster.leader();
      try (LoadRun run = Judge.load(folder, cluster.targets())) {
        List<Long> kills = new ArrayList<>();
        for (int i = 0; i < Kills.COUNT; i++) {
          Pause.ofWork();
          Node leader = cluster.leader();
          kills.add(System.nanoTime());
          leader.kill();
          cluster.leaderOf(cluster.without(leader));
          leader.start();
          leader.awaitReady();
        }
        Pause.ofWork();
        Judge judge = Judge.finish(run);
        List<Duration> outages = judge.outages(kills);
        Outage.say("Leader killed: no answer to anybody", outages);
        assertThat(judge.lostSessions()).isZero();
        assertThat(judge.failed()).isEmpty();
        assertThat(Outage.worst(outages)).isLessThan(Duration.ofSeconds(20));
      }
    }
  }
}
