package dev.signalbox.systemtests.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Volume;
import dev.signalbox.client.SemaphoreInfo;
import dev.signalbox.client.SemaphoreSpec;
import dev.signalbox.client.SignalboxClient;
import dev.signalbox.server.Rule;
import dev.signalbox.server.ServerOptions;
import dev.signalbox.server.SignalboxServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;

/**
 * A server whose log lies on a small disk in memory, which fills up. A second container keeps the
 * disk when the first one ends, so that it can be looked at afterwards.
 */
@RequiresDocker
class FullDiskIT {
  private static final String DATA = "/var/lib/signalbox";
  private static final int AT_ONCE = 500;

  private final String disk = "signalbox-it-disk-" + ProcessHandle.current().pid();
  private final ServerContainer keeper = withDisk(new ServerContainer());
  private final ServerContainer server = withDisk(new ServerContainer());

  @TempDir Path directory;

  @BeforeEach
  void start() {
    DockerClientFactory.lazyClient()
        .createVolumeCmd()
        .withName(disk)
        .withDriver("local")
        .withDriverOpts(
            Map.of("type", "tmpfs", "device", "tmpfs", "o", "size=24m,uid=10001,gid=10001"))
        .exec();
    keeper.withEnv("SIGNALBOX_LOG", "volatile").start();
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
    keeper.stop();
    DockerClientFactory.lazyClient().removeVolumeCmd(disk).exec();
  }

  @Test
  @Rule("E2")
  void fullDisk_stopsTheServer_whichSaysWhy_andKeepsWhatItConfirmed() throws Exception {
    Set<String> confirmed = fillUp();

    await().atMost(DockerTest.PATIENCE).until(() -> !server.isRunning());
    assertThat(server.getCurrentContainerInfo().getState().getExitCodeLong()).isEqualTo(1);
    assertThat(server.getLogs()).contains("The log failed; this node stops");
    assertThat(server.getLogs()).contains("No space left on device");
    assertThat(confirmed).hasSizeGreaterThan(AT_ONCE);
    confirmed.removeAll(namesOnDisk());
    assertThat(confirmed).as("confirmed, but not on the disk").isEmpty();
  }

  /** Creates semaphores until that fails; the names of those that were confirmed. */
  private Set<String> fillUp() throws InterruptedException {
    Set<String> confirmed = ConcurrentHashMap.newKeySet();
    AtomicBoolean failed = new AtomicBoolean();
    Semaphore room = new Semaphore(AT_ONCE);
    try (SignalboxClient client =
        SignalboxClient.builder().target(server.target()).patience(Duration.ofSeconds(2)).build()) {
      for (int i = 0; !failed.get(); i++) {
        String name = "disk/" + i + "-" + "x".repeat(200);
        assertThat(room.tryAcquire(DockerTest.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        var unused =
            client
                .semaphores()
                .createAsync(name, SemaphoreSpec.max(1))
                .whenComplete((created, problem) -> {
                  failed.compareAndSet(false, problem != null);
                  if (problem == null) {
                    confirmed.add(name);
                  }
                  room.release();
                });
      }
    }
    return confirmed;
  }

  /** What a server knows that is given a copy of the disk, with room on it. */
  private Set<String> namesOnDisk() throws Exception {
    copyDisk();
    ServerOptions options =
        ServerOptions.builder().clientPort(0).log("durable").dataDir(directory).build();
    try (SignalboxServer restarted = SignalboxServer.start(options);
        SignalboxClient client =
            SignalboxClient.builder().target("127.0.0.1:" + restarted.port()).build()) {
      return client.semaphores().list("disk/").stream()
          .map(SemaphoreInfo::name)
          .collect(Collectors.toSet());
    }
  }

  private void copyDisk() throws IOException {
    try (InputStream archive =
            DockerClientFactory.lazyClient()
                .copyArchiveFromContainerCmd(keeper.getContainerId(), DATA + "/.")
                .exec();
        TarArchiveInputStream tar = new TarArchiveInputStream(archive)) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path path = directory.resolve(entry.getName()).normalize();
        if (entry.isDirectory()) {
          Files.createDirectories(path);
        } else {
          Files.copy(tar, path);
        }
      }
    }
  }

  private ServerContainer withDisk(ServerContainer container) {
    return container.withCreateContainerCmdModifier(command ->
        Objects.requireNonNull(command.getHostConfig())
            .withBinds(new Bind(disk, new Volume(DATA), AccessMode.rw)));
  }
}
