package dev.signalbox.systemtests.chaos;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.signalbox.client.RemoteSemaphore;
import dev.signalbox.client.SemaphoreInfo;
import dev.signalbox.client.SemaphoreSpec;
import dev.signalbox.client.SignalboxClient;
import dev.signalbox.server.Rule;
import dev.signalbox.server.ServerOptions;
import dev.signalbox.server.SignalboxServer;
import dev.signalbox.systemtests.process.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * 64 threads in 4 processes share one semaphore of 8 for half a minute, while their connections are
 * cut at random.
 */
class ChaosIT {
  private static final int PROCESSES = 4;
  private static final int THREADS = 16;
  private static final int MAX = 8;
  private static final int RUN_SECONDS = Integer.getInteger("chaos.seconds", 30);
  private static final int PATIENCE_SECONDS = 60;
  private static final int LONGEST_CALL_SECONDS = 20;
  private static final long SEED = Long.getLong("chaos.seed", System.nanoTime());

  /** Each cut connection is a stack trace here. Kept, or the level would be forgotten. */
  private static final Logger NETTY =
      Logger.getLogger("io.grpc.netty.shaded.io.grpc.netty.NettyServerHandler");

  private final List<Process> processes = new ArrayList<>();

  @TempDir Path folder;

  @BeforeAll
  static void quietenNetty() {
    NETTY.setLevel(Level.OFF);
  }

  @AfterEach
  void endProcesses() {
    processes.forEach(Process::destroyForcibly);
  }

  @Test
  @Rule({"R6", "E1", "L5", "A7"})
  void semaphore_sharedByManyProcessesOverABadNetwork_neverLetsInTooManyAndLosesNothing()
      throws Exception {
    System.out.println("Chaos with -Dchaos.seed=" + SEED);
    long begun = System.nanoTime();
    SharedGauge gauge = SharedGauge.open(folder.resolve("gauge"));
    try (SignalboxServer server = SignalboxServer.start(ServerOptions.embedded());
        SignalboxClient client =
            SignalboxClient.builder().target("127.0.0.1:" + server.port()).build();
        BadNetwork network = new BadNetwork(server.port(), PROCESSES, new SplittableRandom(SEED))) {
      RemoteSemaphore semaphore = client.semaphores().create("chaos", SemaphoreSpec.max(MAX));
      for (int i = 0; i < PROCESSES; i++) {
        processes.add(start(i, network.target(i)));
      }
      for (Process process : processes) {
        assertThat(process.waitFor(RUN_SECONDS + PATIENCE_SECONDS, SECONDS))
            .as("every process ended")
            .isTrue();
        assertThat(process.exitValue()).as("see target/processes").isZero();
      }

      Report report = report();
      say(report, network.cuts(), gauge);
      assertThat(report.visits())
          .as("clocks of all processes agree")
          .allMatch(visit -> visit.isWithin(begun, System.nanoTime()));
      assertThat(Visit.mostAtOnce(report.visits())).isBetween(2, MAX);
      assertThat(gauge.highest()).isLessThanOrEqualTo(MAX);
      assertThat(report.failures()).isEmpty();
      assertThat(NANOSECONDS.toSeconds(report.longestCall())).isLessThan(LONGEST_CALL_SECONDS);
      await().atMost(PATIENCE_SECONDS, SECONDS).until(() -> isIdle(semaphore.info()));
    }
  }

  private Process start(int number, String target) {
    List<String> arguments =
        List.of(
            target,
            "chaos",
            THREADS + "",
            RUN_SECONDS + "",
            (SEED + 1000L * number) + "",
            folder.resolve("gauge").toString(),
            folder.resolve("report-" + number).toString());
    return JavaProcess.start("chaos-" + number, ChaosMain.class, arguments);
  }

  private Report report() throws IOException {
    Report all = new Report();
    for (int i = 0; i < PROCESSES; i++) {
      try (Stream<String> lines = Files.lines(folder.resolve("report-" + i))) {
        all.add(Report.parse(lines));
      }
    }
    return all;
  }

  private static void say(Report report, int cuts, SharedGauge gauge) {
    System.out.printf(
        "Chaos: %d visits (%d a second), %d connections cut, most at once %d by intervals and %d by the gauge,"
            + " longest call %d ms%n",
        report.visits().size(),
        report.visits().size() / RUN_SECONDS,
        cuts,
        Visit.mostAtOnce(report.visits()),
        gauge.highest(),
        NANOSECONDS.toMillis(report.longestCall()));
  }

  private static boolean isIdle(SemaphoreInfo info) {
    return info.count() == info.max() && info.held() == 0 && info.waiting() == 0;
  }
}
