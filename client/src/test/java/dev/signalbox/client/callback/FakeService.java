package dev.signalbox.client.callback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.client.AccessRight;
import dev.signalbox.client.LossReason;
import dev.signalbox.client.ReleaseItem;
import dev.signalbox.client.ReleaseResult;
import dev.signalbox.client.RemoteEvent;
import dev.signalbox.client.RemoteMutex;
import dev.signalbox.client.RemoteSemaphore;
import dev.signalbox.client.SignalboxClient;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A client whose releases a test sees and answers, on a thread that stands for the client's own.
 * Its permits and semaphores have only what a pool asks of them.
 */
public final class FakeService implements AutoCloseable {
  /** The thread on which futures are completed and losses told. */
  static final String THREAD = "fake-service";

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(task -> new Thread(task, THREAD));
  private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
  private final SignalboxClient client = Stub.of(SignalboxClient.class, this);
  private volatile @Nullable Function<List<ReleaseItem>, List<ReleaseResult>> script;

  /** One release that the pool has asked for. */
  final class Request {
    private final List<ReleaseItem> items;
    private final CompletableFuture<List<ReleaseResult>> answer = new CompletableFuture<>();

    Request(List<ReleaseItem> items) {
      this.items = items;
    }

    List<ReleaseItem> items() {
      return items;
    }

    /** Every item was applied. */
    void applied() {
      answer(FakeService.applied(items));
    }

    void answer(List<ReleaseResult> results) {
      thread.execute(() -> answer.complete(results));
    }

    void refused(Throwable why) {
      thread.execute(() -> answer.completeExceptionally(why));
    }
  }

  SignalboxClient client() {
    return client;
  }

  /** Answers from now on by itself, on its own thread; a script that throws does so at once. */
  FakeService answering(Function<List<ReleaseItem>, List<ReleaseResult>> script) {
    this.script = script;
    return this;
  }

  /** {@link SignalboxClient#releaseAsync}. */
  public CompletableFuture<List<ReleaseResult>> releaseAsync(List<ReleaseItem> items) {
    var scripted = script;
    if (scripted != null) {
      List<ReleaseResult> results = scripted.apply(items);
      return CompletableFuture.supplyAsync(() -> results, thread);
    }
    Request request = new Request(items);
    requests.add(request);
    return request.answer;
  }

  /** The next release asked for. */
  Request next() throws InterruptedException {
    Request request = requests.poll(20, TimeUnit.SECONDS);
    assertThat(request).as("a release is asked for").isNotNull();
    return request;
  }

  /** Whether nothing has been asked for that the test has not taken. */
  boolean isQuiet() {
    return requests.isEmpty();
  }

  FakePermit permit(String semaphore) {
    return new FakePermit(semaphore, thread);
  }

  static RemoteSemaphore semaphore(String name) {
    return Stub.of(RemoteSemaphore.class, new Named(name));
  }

  static RemoteMutex mutex(String name) {
    return Stub.of(RemoteMutex.class, new Named(name));
  }

  static RemoteEvent event(String name) {
    return Stub.of(RemoteEvent.class, new Named(name));
  }

  /** The part of a semaphore, a mutex or an event that is asked for. */
  public record Named(String name) {
    /** {@link RemoteSemaphore#rights}. */
    public Set<AccessRight> rights() {
      return AccessRight.all();
    }
  }

  static List<ReleaseResult> applied(List<ReleaseItem> items) {
    return items.stream()
        .map(item -> new ReleaseResult(true, Optional.empty(), List.of(0)))
        .toList();
  }

  static ReleaseResult notHeld(LossReason why) {
    return new ReleaseResult(false, Optional.of(why), List.of());
  }

  @Override
  public void close() {
    thread.shutdown();
  }
}
