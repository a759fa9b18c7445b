package dev.signalbox.systemtests.docker;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.client.Permit;
import dev.signalbox.client.fixtures.FaultyNetwork;
import dev.signalbox.server.Rule;
import dev.signalbox.systemtests.process.ClientProcess;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A cut network costs nothing within the lease, and nobody's safety beyond it. */
class NetworkCutIT extends DockerTest {
  private FaultyNetwork network;
  private ClientProcess holder;

  @BeforeEach
  void holdOverANetwork() throws IOException {
    network = FaultyNetwork.to(server.target());
    holder = client("holder-behind-a-network", network.target());
    holder.ask("acquire " + semaphore.name());
  }

  @AfterEach
  void closeNetwork() {
    network.close();
  }

  @Test
  @Rule({"L5", "L1"})
  void cutNetwork_withinTheLease_losesNothing() throws Exception {
    network.refuse();
    assertThat(semaphore.tryAcquire(1, BRIEFLY)).isEmpty();
    network.restore();

    assertThat(semaphore.tryAcquire(1, LEASE)).isEmpty();
    assertThat(holder.ask("held")).isEqualTo("true");
    assertThat(holder.ask("events"))
        .startsWith("opened 1, resumed ")
        .endsWith(", lost 0")
        .doesNotContain("resumed 0");
    assertThat(holder.ask("release")).isEqualTo("released true");
    assertThat(semaphore.info().count()).isEqualTo(1);
  }

  @Test
  @Rule({"L4", "L2"})
  void cutNetwork_beyondTheLease_fencesTheHolderBeforeAnotherIsLetIn() throws Exception {
    holderIsFencedBy(network::refuse);
  }

  @Test
  @Rule({"L4", "L2"})
  void silentNetwork_beyondTheLease_fencesTheHolderBeforeAnotherIsLetIn() throws Exception {
    holderIsFencedBy(network::silence);
  }

  private void holderIsFencedBy(Runnable fault) throws Exception {
    long begun = System.nanoTime();
    fault.run();
    try (Permit permit = semaphore.acquireAsync().get(PATIENCE.toSeconds(), SECONDS)) {
      long granted = System.nanoTime();
      long lastHeld = Long.parseLong(holder.ask("last-held"));

      System.out.println(
          "Fenced "
              + Duration.ofNanos(granted - lastHeld).toMillis()
              + " ms before the next was let in");
      assertThat(lastHeld).isBetween(begun, granted);
      network.restore();
      assertThat(holder.ask("release")).isEqualTo("released false");
      assertThat(permit.isHeld()).isTrue();
    }
    assertThat(holder.ask("acquire " + semaphore.name())).isEqualTo("acquired");
  }
}
