package dev.signalbox.systemtests.docker;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.signalbox.client.Permit;
import dev.signalbox.client.RemoteSemaphore;
import dev.signalbox.server.Rule;
import dev.signalbox.systemtests.process.ClientProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A process that is killed costs nobody a permit. */
class KilledClientIT extends DockerTest {
  private static final int KILLS = 5;

  private record Victim(ClientProcess process, RemoteSemaphore semaphore) {}

  @Test
  @Rule({"L2", "R6"})
  void killedHolder_whenItsLeaseRunsOut_losesItsPermit() throws Exception {
    ClientProcess holder = client("killed-holder", server.target());
    holder.ask("acquire " + semaphore.name());

    Duration recovery = recovery(new Victim(holder, semaphore));

    System.out.println(
        "Permit of a killed holder back after " + recovery.toMillis() + " ms, lease " + LEASE);
    assertThat(recovery).isBetween(LEASE.dividedBy(3), LEASE.plusSeconds(1));
    assertThat(semaphore.info().count()).isEqualTo(semaphore.info().max());
  }

  @Test
  @Rule("L9")
  void killedHolder_whoseSessionEndsWithItsStream_losesItsPermitAtOnce() throws Exception {
    List<Duration> recoveries = new ArrayList<>();
    for (Victim victim : victims()) {
      recoveries.add(recovery(victim));
    }

    System.out.println(
        "Permits of killed holders back after "
            + recoveries
            + " where the session ends with its stream");
    assertThat(median(recoveries)).isLessThan(Duration.ofMillis(200));
  }

  @Test
  @Rule("L2")
  void killedWaiter_whenItsLeaseRunsOut_leavesTheQueue() throws Exception {
    ClientProcess waiter = client("killed-waiter", server.target());
    try (Permit permit = semaphore.acquire()) {
      waiter.ask("wait " + semaphore.name());
      await().atMost(PATIENCE).until(() -> semaphore.info().waiting() == 1);

      waiter.kill();

      await().atMost(PATIENCE).until(() -> semaphore.info().waiting() == 0);
      assertThat(permit.isHeld()).isTrue();
    }
    await().atMost(PATIENCE).until(() -> semaphore.info().count() == 1);
  }

  /** Kills a holder while the rival waits for its permit; from the kill until the rival has it. */
  private static Duration recovery(Victim victim) throws Exception {
    CompletableFuture<Long> granted =
        victim.semaphore().acquireAsync().thenApply(KilledClientIT::momentOfGrant);
    await().atMost(PATIENCE).until(() -> victim.semaphore().info().waiting() == 1);
    long killed = System.nanoTime();
    victim.process().kill();
    return Duration.ofNanos(granted.get(PATIENCE.toSeconds(), SECONDS) - killed);
  }

  private static long momentOfGrant(Permit permit) {
    long now = System.nanoTime();
    permit.close();
    return now;
  }

  private List<Victim> victims() throws InterruptedException {
    List<Victim> victims = new ArrayList<>();
    for (int i = 0; i < KILLS; i++) {
      ClientProcess process =
          ClientProcess.launch("killed-at-once-" + i, server.target(), LEASE, Duration.ZERO);
      victims.add(new Victim(owned(process), unusedSemaphore()));
    }
    victims.forEach(victim -> victim.process().ready().ask("acquire " + victim.semaphore().name()));
    return victims;
  }

  private static Duration median(List<Duration> durations) {
    return durations.stream().sorted().toList().get(durations.size() / 2);
  }
}
