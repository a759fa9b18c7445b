package dev.signalbox.benchmarks.peers;

import dev.signalbox.benchmarks.load.Client;
import dev.signalbox.benchmarks.load.Contestant;
import dev.signalbox.benchmarks.load.Gate;
import dev.signalbox.benchmarks.load.Held;
import dev.signalbox.benchmarks.load.JavaProcess;
import dev.signalbox.benchmarks.load.Life;
import dev.signalbox.benchmarks.load.Service;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.redisson.api.RPermitExpirableSemaphore;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;

/**
 * Redisson's semaphore with leases, on a Redis that keeps nothing. The server is found on the path,
 * or by the property {@code redis.server}.
 */
public final class Redisson implements Contestant {
  /** For the service loader. */
  public Redisson() {}

  @Override
  public String name() {
    return "redisson";
  }

  @Override
  public Optional<String> missing() {
    return Optional.of("there is no redis-server on the path, and none named by -Dredis.server")
        .filter(why -> program().isEmpty());
  }

  @Override
  public Service start() throws IOException {
    int port = Ports.free();
    JavaProcess redis =
        JavaProcess.startProgram(
            "127.0.0.1:" + port,
            program().orElseThrow(),
            "--bind",
            "127.0.0.1",
            "--port",
            Integer.toString(port),
            "--save",
            "",
            "--appendonly",
            "no");
    Ports.awaitListening(port);
    return redis;
  }

  @Override
  public Client connect(String endpoint, Life life) {
    Config config = new Config();
    config.useSingleServer().setAddress("redis://" + endpoint);
    return new RedissonLoad(org.redisson.Redisson.create(config), life.lease().toMillis());
  }

  private static Optional<String> program() {
    String named = System.getProperty("redis.server");
    if (named != null) {
      return Optional.of(named);
    }
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .map(directory -> Path.of(directory, "redis-server"))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }

  private record RedissonLoad(RedissonClient client, long leaseMillis) implements Client {
    @Override
    public Gate gate(String name, int max) {
      RPermitExpirableSemaphore semaphore = client.getPermitExpirableSemaphore(name);
      var unused = semaphore.trySetPermits(max);
      return new RedissonGate(semaphore, leaseMillis);
    }

    @Override
    public boolean isAsync() {
      return true;
    }

    @Override
    public void close() {
      client.shutdown();
    }
  }

  private record RedissonGate(RPermitExpirableSemaphore semaphore, long leaseMillis)
      implements Gate {
    @Override
    public Held acquire() throws InterruptedException {
      return new RedissonHeld(semaphore, semaphore.acquire(leaseMillis, TimeUnit.MILLISECONDS));
    }

    @Override
    public CompletionStage<Held> acquireAsync() {
      return semaphore
          .acquireAsync(leaseMillis, TimeUnit.MILLISECONDS)
          .thenApply(id -> new RedissonHeld(semaphore, id));
    }
  }

  private record RedissonHeld(RPermitExpirableSemaphore semaphore, String id) implements Held {
    @Override
    public void release() {
      semaphore.release(id);
    }

    @Override
    public CompletionStage<?> releaseAsync() {
      return semaphore.releaseAsync(id);
    }
  }
}
