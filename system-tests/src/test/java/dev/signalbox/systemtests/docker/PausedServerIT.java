package dev.signalbox.systemtests.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.signalbox.client.Permit;
import dev.signalbox.server.Rule;
import dev.signalbox.systemtests.process.ClientProcess;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A server that stood still takes nothing from those who could not reach it. */
class PausedServerIT extends DockerTest {
  @Test
  @Rule({"L3", "L5"})
  void pausedServer_withinTheLease_costsNothing() throws Exception {
    ClientProcess holder = client("holder-of-briefly-paused-server", server.target());
    holder.ask("acquire " + semaphore.name());

    pauseServerFor(BRIEFLY);

    assertThat(semaphore.tryAcquire(1, LEASE)).isEmpty();
    assertThat(holder.ask("held")).isEqualTo("true");
    assertThat(holder.ask("events")).endsWith("lost 0");
    assertThat(holder.ask("release")).isEqualTo("released true");
    assertThat(semaphore.info().count()).isEqualTo(1);
  }

  @Test
  @Rule({"L2", "L4"})
  void pausedServer_beyondTheLease_findsItsClientsFencedAndServesThemAgain() throws Exception {
    ClientProcess holder = client("holder-of-paused-server", server.target());
    holder.ask("acquire " + semaphore.name());

    pauseServerFor(LEASE.plusSeconds(2));

    assertThat(holder.ask("held")).isEqualTo("false");
    Optional<Permit> permit = semaphore.tryAcquire(1, PATIENCE);
    assertThat(permit).isPresent();
    permit.orElseThrow().release();
    assertThat(holder.ask("acquire " + semaphore.name())).isEqualTo("acquired");
  }

  private static void pauseServerFor(Duration time) {
    server.pause();
    await().pollDelay(time).atMost(PATIENCE).until(() -> true);
    server.unpause();
  }
}
