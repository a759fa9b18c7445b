package dev.signalbox.benchmarks.load;

import dev.signalbox.client.Permit;
import dev.signalbox.client.RemoteSemaphore;
import dev.signalbox.client.SemaphoreSpec;
import dev.signalbox.client.SignalboxClient;
import dev.signalbox.client.SignalboxClientBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Ourselves: one node, through the SDK. */
public class Signalbox implements Contestant {
  private final String name;
  private final String log;

  /** With the volatile log; for the service loader. */
  public Signalbox() {
    this("signalbox", "volatile");
  }

  Signalbox(String name, String log) {
    this.name = name;
    this.log = log;
  }

  /** With the durable log. */
  public static final class Durable extends Signalbox {
    /** For the service loader. */
    public Durable() {
      super("signalbox-durable", "durable");
    }
  }

  @Override
  public String name() {
    return name;
  }

  String log() {
    return log;
  }

  @Override
  public boolean canEndWithConnection() {
    return true;
  }

  @Override
  public Service start() throws IOException {
    return SignalboxService.start(log);
  }

  @Override
  public Client connect(String endpoint, Life life) {
    return new SignalboxLoad(client(endpoint, life));
  }

  static SignalboxClient client(String endpoint, Life life) {
    SignalboxClientBuilder builder = SignalboxClient.builder().target(endpoint).lease(life.lease());
    if (life.endsWithConnection()) {
      builder.endAfterBreak(Duration.ZERO);
    }
    return builder.build();
  }

  /** Callers through one client. */
  static class SignalboxLoad implements Client {
    private final SignalboxClient client;

    SignalboxLoad(SignalboxClient client) {
      this.client = client;
    }

    final RemoteSemaphore semaphore(String name, int max) throws InterruptedException {
      return client.semaphores().create("load/" + name, SemaphoreSpec.max(max));
    }

    @Override
    public Gate gate(String name, int max) throws InterruptedException {
      return new SignalboxGate(semaphore(name, max));
    }

    @Override
    public boolean isAsync() {
      return true;
    }

    @Override
    public boolean canReleaseUnawaited() {
      return true;
    }

    @Override
    public void close() {
      client.close();
    }
  }

  record SignalboxGate(RemoteSemaphore semaphore) implements Gate {
    @Override
    public Held acquire() throws InterruptedException {
      return new SignalboxHeld(semaphore.acquire());
    }

    @Override
    public CompletionStage<Held> acquireAsync() {
      return semaphore.acquireAsync().thenApply(SignalboxHeld::new);
    }
  }

  private record SignalboxHeld(Permit permit) implements Held {
    @Override
    public void release() throws InterruptedException {
      permit.release();
    }

    @Override
    public void releaseUnawaited() {
      permit.close();
    }

    @Override
    public CompletionStage<?> releaseAsync() {
      return permit.closeAsync();
    }
  }
}
