package dev.signalbox.benchmarks.peers;

import dev.signalbox.benchmarks.load.Client;
import dev.signalbox.benchmarks.load.Contestant;
import dev.signalbox.benchmarks.load.Gate;
import dev.signalbox.benchmarks.load.Held;
import dev.signalbox.benchmarks.load.JavaProcess;
import dev.signalbox.benchmarks.load.Life;
import dev.signalbox.benchmarks.load.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.recipes.locks.InterProcessSemaphoreV2;
import org.apache.curator.framework.recipes.locks.Lease;
import org.apache.curator.retry.ExponentialBackoffRetry;

/** Curator's semaphore, on one ZooKeeper that keeps its log on the disk as always. */
public final class Curator implements Contestant {
  private static final int CONNECT_MILLIS = 15_000;

  /** For the service loader. */
  public Curator() {}

  @Override
  public String name() {
    return "curator";
  }

  @Override
  public Service start() throws IOException {
    Path parent = Files.createDirectories(Path.of("benchmarks", "target", "data"));
    Path directory = Files.createTempDirectory(parent, "zookeeper");
    return JavaProcess.start(
        ZooKeeperProcess.class,
        Integer.toString(Ports.free()),
        directory.toAbsolutePath().toString());
  }

  @Override
  public Client connect(String endpoint, Life life) throws InterruptedException {
    CuratorFramework client =
        CuratorFrameworkFactory.newClient(
            endpoint,
            Math.toIntExact(life.lease().toMillis()),
            CONNECT_MILLIS,
            new ExponentialBackoffRetry(100, 10));
    client.start();
    client.blockUntilConnected();
    return new CuratorLoad(client);
  }

  private record CuratorLoad(CuratorFramework client) implements Client {
    @Override
    public Gate gate(String name, int max) {
      InterProcessSemaphoreV2 semaphore = new InterProcessSemaphoreV2(client, "/load/" + name, max);
      return () -> {
        Lease lease = semaphore.acquire();
        Held held = () -> semaphore.returnLease(lease);
        return held;
      };
    }

    @Override
    public void close() {
      client.close();
    }
  }
}
