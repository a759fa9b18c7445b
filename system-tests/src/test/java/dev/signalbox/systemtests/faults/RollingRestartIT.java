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

/** Each node in turn is asked to stop and started again, as for a new version. */
class RollingRestartIT {
  @TempDir Path folder;

  @Test
  @Rule({"E1", "L5", "L7"})
  void rollingRestart_failsNoCall() throws Exception {
    try (Cluster cluster = new Cluster("rolling-restart", folder)) {
      cluster.leader();
      try (LoadRun run = Judge.load(folder, cluster.targets())) {
        List<Long> stops = new ArrayList<>();
        for (Node node : cluster.nodes()) {
          Pause.ofWork();
          stops.add(System.nanoTime());
          node.stop();
          node.start();
          node.awaitReady();
        }
        Pause.ofWork();
        stops.add(System.nanoTime());
        cluster.leader().stop();
        Pause.ofWork();
        Judge judge = Judge.finish(run);
        List<Duration> outages = judge.outages(stops);
        Outage.say("Node stopped: no answer to anybody", outages);
        assertThat(judge.failed()).isEmpty();
        assertThat(judge.lostSessions()).isZero();
      }
    }
  }
}
