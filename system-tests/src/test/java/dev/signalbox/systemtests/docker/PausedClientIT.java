package dev.signalbox.systemtests.docker;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.client.Permit;
import dev.signalbox.server.Rule;
import dev.signalbox.systemtests.process.ClientProcess;
import org.junit.jupiter.api.Test;

/** A process that was suspended cannot keep, or release, what it has lost. */
class PausedClientIT extends DockerTest {
  @Test
  @Rule({"L3", "L4"})
  void pausedHolder_whenItsLeaseRanOut_knowsBeforeAnythingElse() throws Exception {
    ClientProcess holder = client("paused-holder", server.target());
    holder.ask("acquire " + semaphore.name());
    holder.pause();

    try (Permit permit = semaphore.acquireAsync().get(PATIENCE.toSeconds(), SECONDS)) {
      holder.tell("held"); // lies in its input before it wakes
      holder.resume();

      assertThat(holder.answer()).isEqualTo("false");
      assertThat(holder.ask("release")).isEqualTo("released false");
      assertThat(semaphore.info().held()).isEqualTo(1);
      assertThat(permit.isHeld()).isTrue();
    }
    assertThat(holder.ask("acquire " + semaphore.name())).isEqualTo("acquired");
  }

  @Test
  @Rule("L4")
  void pausedHolder_withinItsLease_keepsItsPermit() throws Exception {
    ClientProcess holder = client("briefly-paused-holder", server.target());
    holder.ask("acquire " + semaphore.name());

    holder.pause();
    assertThat(semaphore.tryAcquire(1, BRIEFLY)).isEmpty();
    holder.resume();

    assertThat(holder.ask("held")).isEqualTo("true");
    assertThat(holder.ask("release")).isEqualTo("released true");
    assertThat(holder.ask("events")).endsWith("lost 0");
  }
}
