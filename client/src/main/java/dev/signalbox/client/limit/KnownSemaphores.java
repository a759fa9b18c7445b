package dev.signalbox.client.limit;

import dev.signalbox.client.RemoteSemaphore;
import dev.signalbox.client.SemaphoreSpec;
import dev.signalbox.client.Semaphores;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The semaphores that are known to exist, because they were created or opened here. Who needs one
 * that is being created waits for that creation; a failed one is forgotten. Thread-safe.
 */
final class KnownSemaphores {
  /** A semaphore that is being created, or is known. */
  static final class Creation extends CompletableFuture<RemoteSemaphore> {
    /** What was asked of the client, once it was. */
    private volatile @Nullable CompletableFuture<?> call;

    @Nullable CompletableFuture<?> call() {
      return call;
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Creation> known = new Recent<>(Recent.NAMES);
  private final Semaphores service;

  KnownSemaphores(Semaphores service) {
    this.service = service;
  }

  /** The semaphore, which is created if need be. The future is shared: not to be completed. */
  Creation get(String name, SemaphoreSpec spec) {
    Creation fresh;
    lock.lock();
    try {
      Creation found = known.get(name);
      if (found != null) {
        return found;
      }
      fresh = new Creation();
      known.put(name, fresh);
    } finally {
      lock.unlock();
    }
    create(name, spec, fresh);
    return fresh;
  }

  private void create(String name, SemaphoreSpec spec, Creation into) {
    try {
      var call = service.createAsync(name, spec);
      into.call = call;
      var unused =
          call.whenComplete((semaphore, failure) -> created(name, into, semaphore, failure));
    } catch (RuntimeException e) {
      created(name, into, null, e);
    }
  }

  private void created(
      String name,
      Creation into,
      @Nullable RemoteSemaphore semaphore,
      @Nullable Throwable failure) {
    if (failure != null) {
      forget(name, into);
      into.completeExceptionally(failure);
    } else if (semaphore != null) {
      into.complete(semaphore);
    }
  }

  /** Forgets the semaphore, unless it has been created anew since this was got. */
  void forget(String name, Creation got) {
    lock.lock();
    try {
      known.remove(name, got);
    } finally {
      lock.unlock();
    }
  }

  /** How many it remembers. */
  int size() {
    lock.lock();
    try {
      return known.size();
    } finally {
      lock.unlock();
    }
  }
}
