package dev.signalbox.systemtests.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.signalbox.client.RemoteSemaphore;
import dev.signalbox.client.SemaphoreSpec;
import dev.signalbox.client.SignalboxClient;
import dev.signalbox.server.Rule;
import dev.signalbox.server.ServerOptions;
import dev.signalbox.server.SignalboxServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What callbacks registered as crash-safe happens although their processes are killed (L8). */
@Rule("L8")
class KilledCallbacksIT {
  private static final Duration LEASE = Duration.ofSeconds(2);
  private static final int PROCESSES = 10;
  private static final int AT_A_TIME = 5;
  private static final int CLIENTS_EACH = 10;
  private static final int MOST_AT_ONCE = 2 * CLIENTS_EACH;
  private static final int LONGEST_MILLIS = 600;

  private final long seed = Long.getLong("kills.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final List<CallbacksProcess> processes = new ArrayList<>();
  private SignalboxServer server;
  private SignalboxClient client;
  private RemoteSemaphore db;
  private RemoteSemaphore done;

  @BeforeEach
  void start() throws Exception {
    server = SignalboxServer.start(ServerOptions.embedded());
    client = SignalboxClient.builder().target(target()).build();
    db = client.semaphores().create(CallbacksMain.DB, SemaphoreSpec.max(1000));
    done =
        client.semaphores().create(CallbacksMain.DONE, SemaphoreSpec.max(100_000_000).initial(0));
  }

  @AfterEach
  void stop() {
    processes.forEach(CallbacksProcess::close);
    client.close();
    server.close();
  }

  private String target() {
    return "127.0.0.1:" + server.port();
  }

  private CallbacksProcess start(Duration lease, int clients, String mode) {
    String name = "killed-callbacks-" + processes.size();
    CallbacksProcess process =
        CallbacksProcess.start(
            name, List.of(target(), lease.toString(), String.valueOf(clients), mode));
    processes.add(process);
    return process;
  }

  private static ConditionFactory eventually() {
    return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(10));
  }

  @Test
  @Rule({"L2", "R6"})
  void callbackOfAKilledProcess_hasItsSignalAppliedOnceWhenItsLeaseRunsOut() throws Exception {
    CallbacksProcess process = start(LEASE, 1, "hold");
    eventually().until(() -> process.registered() == 1);
    assertThat(done.info().count()).isZero();
    assertThat(db.info().held()).isEqualTo(1);
    long killed = System.nanoTime();
    process.kill();
    eventually().until(() -> done.info().count() > 0);
    assertThat(System.nanoTime() - killed).isGreaterThan(LEASE.toNanos() / 3);
    assertThat(done.info().count()).isEqualTo(1);
    assertThat(db.info().held()).as("in the same step").isZero();
    assertThat(db.info().count()).isEqualTo(1000);
  }

  @Test
  @Rule({"C4", "L9"})
  void signalsOf100ClientsKilledAtRandom_areAppliedOnceEach() throws Exception {
    System.out.println("kills.seed=" + seed);
    for (int i = 0; i < PROCESSES; i += AT_A_TIME) {
      killSome();
    }
    eventually().until(() -> db.info().held() == 0);
    int begun = processes.stream().mapToInt(CallbacksProcess::begun).sum();
    int registered = processes.stream().mapToInt(CallbacksProcess::registered).sum();
    int applied = done.info().count();
    System.out.printf(
        "%d clients killed: %d callbacks had begun, %d had registered, %d signals applied%n",
        PROCESSES * CLIENTS_EACH, begun, registered, applied);
    assertThat(applied).isBetween(registered, begun);
    assertThat(processes)
        .allSatisfy(process -> {
          assertThat(process.registered()).isPositive();
          assertThat(process.begun() - process.registered()).isBetween(0, MOST_AT_ONCE);
        });
    assertThat(db.info().count()).isEqualTo(1000);
  }

  private void killSome() throws InterruptedException {
    List<CallbacksProcess> some = new ArrayList<>();
    for (int i = 0; i < AT_A_TIME; i++) {
      some.add(start(Duration.ofMinutes(1), CLIENTS_EACH, "loop"));
    }
    eventually().until(() -> some.stream().allMatch(process -> process.registered() > 0));
    for (CallbacksProcess process : some) {
      int millis = random.nextInt(LONGEST_MILLIS / AT_A_TIME);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
      process.kill();
    }
  }
}
