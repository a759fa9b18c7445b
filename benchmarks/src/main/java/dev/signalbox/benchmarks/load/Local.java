package dev.signalbox.benchmarks.load;

import java.util.List;
import java.util.concurrent.Semaphore;

/** The floor: {@link Semaphore} inside the driver. */
public final class Local implements Contestant {
  /** For the service loader. */
  public Local() {}

  @Override
  public String name() {
    return "local";
  }

  @Override
  public boolean hasLease() {
    return false;
  }

  @Override
  public Service start() {
    return new NoService();
  }

  @Override
  public Client connect(String endpoint, Life life) {
    return new LocalClient();
  }

  private static final class NoService implements Service {
    @Override
    public String endpoint() {
      return "here";
    }

    @Override
    public List<ProcessHandle> processes() {
      return List.of();
    }

    @Override
    public void close() {}
  }

  private static final class LocalClient implements Client {
    @Override
    public Gate gate(String name, int max) {
      Semaphore semaphore = new Semaphore(max, true);
      Held held = semaphore::release;
      return () -> {
        semaphore.acquire();
        return held;
      };
    }

    @Override
    public void close() {}
  }
}
