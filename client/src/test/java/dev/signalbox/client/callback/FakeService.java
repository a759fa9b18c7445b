package dev.signalbox.client.callback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.client.AccessRight;
import dev.signalbox.client.Acquire;
import dev.signalbox.client.LossReason;
import dev.signalbox.client.Permit;
import dev.signalbox.client.ReleaseItem;
import dev.signalbox.client.ReleaseResult;
import dev.signalbox.client.RemoteEvent;
import dev.signalbox.client.RemoteMutex;
import dev.signalbox.client.RemoteSemaphore;
import dev.signalbox.client.SignalboxClient;
import dev.signalbox.client.fixtures.Stub;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
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
  private final BlockingQueue<Acquiring> acquires = new LinkedBlockingQueue<>();
  private final SignalboxClient client = Stub.of(SignalboxClient.class, this);
  private final Map<Acquire, FakePermit> prepared = new ConcurrentHashMap<>();
  private volatile @Nullable RuntimeException acquireRefusal;
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

  /** One acquire that the pool has asked for. */
  final class Acquiring {
    private final Acquire request;
    private final CompletableFuture<Optional<Permit>> answer = new CompletableFuture<>();

    Acquiring(Acquire request) {
      this.request = request;
    }

    Acquire request() {
      return request;
    }

    /** Grants a permit; as the client does, gives it back if nobody wants it any more. */
    FakePermit grant() {
      FakePermit permit = permit("a/s");
      grants(permit);
      return permit;
    }

    void grants(FakePermit permit) {
      thread.execute(() -> deliver(permit));
    }

    private void deliver(FakePermit permit) {
      if (!answer.complete(Optional.of(permit.get()))) {
        permit.close();
      }
    }

    void timesOut() {
      thread.execute(() -> answer.complete(Optional.empty()));
    }

    void fails(Throwable why) {
      thread.execute(() -> answer.completeExceptionally(why));
    }

    boolean isCancelled() {
      return answer.isCancelled();
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

  /** {@link SignalboxClient#acquireAsync}. */
  public CompletableFuture<Optional<Permit>> acquireAsync(Acquire request) {
    RuntimeException refusal = acquireRefusal;
    if (refusal != null) {
      throw refusal;
    }
    Acquiring acquiring = new Acquiring(request);
    FakePermit permit = prepared.remove(request);
    if (permit != null) {
      acquiring.grants(permit);
    } else {
      acquires.add(acquiring);
    }
    return acquiring.answer;
  }

  /** Grants this very request when it comes. */
  FakePermit prepare(Acquire request) {
    FakePermit permit = permit("a/s");
    prepared.put(request, permit);
    return permit;
  }

  /** Waits until the client's thread has done what it was given. */
  void idle() throws Exception {
    thread.submit(() -> {}).get(20, TimeUnit.SECONDS);
  }

  /** Nobody will answer the acquires that no test has taken. */
  void forgetAcquires() {
    acquires.clear();
  }

  /** From now on refuses every acquire at once. */
  void refusing(RuntimeException why) {
    acquireRefusal = why;
  }

  /** The next acquire asked for. */
  Acquiring nextAcquire() throws InterruptedException {
    Acquiring acquiring = acquires.poll(20, TimeUnit.SECONDS);
    assertThat(acquiring).as("an acquire is asked for").isNotNull();
    return acquiring;
  }

  /** The next release asked for. */
  Request next() throws InterruptedException {
    Request request = requests.poll(20, TimeUnit.SECONDS);
    assertThat(request).as("a release is asked for").isNotNull();
    return request;
  }

  /** Whether nothing has been asked for that the test has not taken. */
  boolean isQuiet() {
    return requests.isEmpty() && acquires.isEmpty();
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
