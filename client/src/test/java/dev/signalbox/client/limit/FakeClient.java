package dev.signalbox.client.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.client.AccessRight;
import dev.signalbox.client.Acquire;
import dev.signalbox.client.ClientState;
import dev.signalbox.client.Permit;
import dev.signalbox.client.RemoteSemaphore;
import dev.signalbox.client.SemaphoreSpec;
import dev.signalbox.client.Semaphores;
import dev.signalbox.client.SessionListener;
import dev.signalbox.client.SignalboxClient;
import dev.signalbox.client.fixtures.Stub;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A client whose questions a test sees and answers. It has only what a limiter asks of it. */
public final class FakeClient {
  /** What the limiter has asked for, and the test has not taken. */
  final BlockingQueue<Creation> creations = new LinkedBlockingQueue<>();

  final BlockingQueue<Acquiring> acquires = new LinkedBlockingQueue<>();
  final List<SessionListener> listeners = new CopyOnWriteArrayList<>();
  volatile ClientState state = ClientState.CONNECTED;
  private final Semaphores semaphores = Stub.of(Semaphores.class, new Names());
  private final SignalboxClient client = Stub.of(SignalboxClient.class, this);
  private volatile boolean creating = true;

  /** A semaphore that is to be created. */
  record Creation(String name, CompletableFuture<RemoteSemaphore> answer) {
    void done() {
      answer.complete(semaphore(name));
    }
  }

  /** Permits that are wanted. */
  record Acquiring(Acquire request, CompletableFuture<Optional<Permit>> answer) {
    List<String> names() {
      return request.parts().stream().map(part -> part.semaphore().name()).toList();
    }

    /** As the client does, gives back what nobody wants any more. */
    GrantedPermit grant() {
      GrantedPermit permit = new GrantedPermit();
      if (!answer.complete(Optional.of(Stub.of(Permit.class, permit)))) {
        permit.close();
      }
      return permit;
    }

    void refuse() {
      answer.complete(Optional.empty());
    }

    void fail(Throwable why) {
      answer.completeExceptionally(why);
    }
  }

  /** A permit that counts how often it was given back. */
  public static final class GrantedPermit {
    final AtomicInteger closed = new AtomicInteger();

    /** {@link Permit#close}. */
    public void close() {
      closed.incrementAndGet();
    }
  }

  /** {@link Semaphores}. */
  public final class Names {
    /** {@link Semaphores#createAsync(String, SemaphoreSpec)}. */
    public CompletableFuture<RemoteSemaphore> createAsync(String name, SemaphoreSpec spec) {
      Creation creation = new Creation(name, new CompletableFuture<>());
      creations.add(creation);
      if (creating) {
        creation.done();
      }
      return creation.answer();
    }
  }

  /** A handle. */
  public record Handle(String name) {
    /** {@link RemoteSemaphore#rights}. */
    public Set<AccessRight> rights() {
      return AccessRight.all();
    }

    /** {@link RemoteSemaphore#permits}. */
    public Acquire.Part permits(int permits) {
      return new Acquire.Part(semaphore(name), permits);
    }
  }

  private static RemoteSemaphore semaphore(String name) {
    return Stub.of(RemoteSemaphore.class, new Handle(name));
  }

  SignalboxClient client() {
    return client;
  }

  /** From now on the test answers creations. */
  FakeClient withoutCreating() {
    creating = false;
    return this;
  }

  /** {@link SignalboxClient#semaphores}. */
  public Semaphores semaphores() {
    return semaphores;
  }

  /** {@link SignalboxClient#state}. */
  public ClientState state() {
    return state;
  }

  /** {@link SignalboxClient#addListener}. */
  public void addListener(SessionListener listener) {
    listeners.add(listener);
  }

  /** {@link SignalboxClient#acquireAsync}. */
  public CompletableFuture<Optional<Permit>> acquireAsync(Acquire request) {
    Acquiring acquiring = new Acquiring(request, new CompletableFuture<>());
    acquires.add(acquiring);
    return acquiring.answer();
  }

  Acquiring nextAcquire() throws InterruptedException {
    return next(acquires);
  }

  Creation nextCreation() throws InterruptedException {
    return next(creations);
  }

  private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    T next = queue.poll(20, TimeUnit.SECONDS);
    assertThat(next).as("something is asked for").isNotNull();
    return next;
  }

  void disconnect() {
    state = ClientState.DISCONNECTED;
    listeners.forEach(SessionListener::disconnected);
  }

  void resume() {
    state = ClientState.CONNECTED;
    listeners.forEach(SessionListener::sessionResumed);
  }
}
