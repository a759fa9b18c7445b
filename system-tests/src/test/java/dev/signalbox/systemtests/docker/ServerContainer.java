package dev.signalbox.systemtests.docker;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/** The server's image, run as hardened as docker-compose.yml runs it. */
final class ServerContainer extends GenericContainer<ServerContainer> {
  /** The image under test. It is never built here. */
  static final String IMAGE = System.getProperty("signalbox.image", "signalbox:dev");

  private static final int PORT = 7600;
  private static final int STOP_SECONDS = 20;

  ServerContainer() {
    super(DockerImageName.parse(IMAGE));
    withExposedPorts(PORT);
    withTmpFs(Map.of("/tmp", "exec,mode=1777,size=64m"));
    withCreateContainerCmdModifier(ServerContainer::harden);
    waitingFor(Wait.forHealthcheck().withStartupTimeout(Duration.ofMinutes(2)));
  }

  /** Where clients find it: host:port. */
  String target() {
    return getHost() + ":" + getMappedPort(PORT);
  }

  /** Freezes every process of the container, as an overloaded or suspended host does. */
  void pause() {
    getDockerClient().pauseContainerCmd(getContainerId()).exec();
  }

  void unpause() {
    getDockerClient().unpauseContainerCmd(getContainerId()).exec();
  }

  /** Sends SIGTERM, waits for the end, and returns the exit code. */
  long terminate() {
    getDockerClient().stopContainerCmd(getContainerId()).withTimeout(STOP_SECONDS).exec();
    return Objects.requireNonNull(getCurrentContainerInfo().getState().getExitCodeLong());
  }

  private static void harden(CreateContainerCmd command) {
    HostConfig host = Objects.requireNonNull(command.getHostConfig());
    host.withReadonlyRootfs(true);
    host.withCapDrop(Capability.ALL);
    host.withSecurityOpts(List.of("no-new-privileges:true"));
  }
}
