package dev.signalbox.systemtests.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.signalbox.client.Permit;
import dev.signalbox.client.RemoteSemaphore;
import dev.signalbox.client.SemaphoreSpec;
import dev.signalbox.client.SignalboxClient;
import dev.signalbox.server.Rule;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The three nodes of docker-compose.yml. */
@RequiresDocker
class ComposeClusterIT {
  private static final List<String> NODES = List.of("n1", "n2", "n3");

  private final List<String> targets = new ArrayList<>();
  private Compose compose;

  @BeforeEach
  void up() throws Exception {
    List<Integer> ports = List.of(freePort(), freePort(), freePort());
    ports.forEach(port -> targets.add("127.0.0.1:" + port));
    compose =
        new Compose(
            "cluster",
            Map.of(
                "SIGNALBOX_PORT_N1", ports.get(0).toString(),
                "SIGNALBOX_PORT_N2", ports.get(1).toString(),
                "SIGNALBOX_PORT_N3", ports.get(2).toString()));
    cluster("up", "--detach", "--wait", "--no-build");
  }

  @AfterEach
  void down() throws Exception {
    cluster("down", "--volumes", "--timeout", "5");
  }

  @Test
  @Rule({"L5", "E1"})
  void leaderThatIsKilled_isSucceeded_andItsContainerComesBack() throws Exception {
    assertThat(cluster("ps", "--services").lines()).containsExactlyInAnyOrderElementsOf(NODES);
    try (SignalboxClient client =
        SignalboxClient.builder().targets(targets).patience(DockerTest.PATIENCE).build()) {
      RemoteSemaphore semaphore = client.semaphores().create("compose/jobs", SemaphoreSpec.max(2));
      Permit held = semaphore.acquire();
      String first = leader();
      cluster("kill", "--signal", "KILL", first);

      assertThat(semaphore.acquire().isHeld()).isTrue();
      assertThat(held.isHeld()).isTrue();
      assertThat(semaphore.info().count()).isZero();
      cluster("up", "--detach", "--wait", "--no-build");
      String second = leader();
      assertThat(second).isNotEqualTo(first);
      cluster("stop", second);
      held.close();
      await().atMost(DockerTest.PATIENCE).until(() -> semaphore.info().count() == 1);
    }
  }

  /** The id of the node that leads, as the command line says it. */
  private String leader() throws Exception {
    for (String node : NODES) {
      for (String line : status(node).lines().toList()) {
        if (line.matches(node + " +leader .*")) {
          return node;
        }
      }
    }
    return leader();
  }

  private String status(String node) throws Exception {
    return cluster(
        "exec",
        "-T",
        node,
        "java",
        "-jar",
        "/opt/signalbox/signalbox-server.jar",
        "cluster",
        "status");
  }

  private String cluster(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("--profile", "cluster"));
    command.addAll(List.of(arguments));
    return compose.run(command.toArray(String[]::new));
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }
}
