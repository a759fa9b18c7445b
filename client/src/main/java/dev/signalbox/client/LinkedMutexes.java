package dev.signalbox.client;

import dev.signalbox.client.internal.SessionLink;
import java.util.concurrent.CompletableFuture;

/** The mutexes as seen through a link. */
final class LinkedMutexes implements Mutexes {
  private final NamedObjects<RemoteMutex> mutexes;

  LinkedMutexes(SessionLink link) {
    mutexes =
        new NamedObjects<>(link, ObjectKind.MUTEX, mutex -> new LinkedMutex(link, mutex.getName()));
  }

  @Override
  public RemoteMutex create(String name) throws InterruptedException {
    return create(name, MutexSpec.unowned());
  }

  @Override
  public RemoteMutex create(String name, MutexSpec spec) throws InterruptedException {
    return mutexes.create(Wire.create(name, spec));
  }

  @Override
  public CompletableFuture<RemoteMutex> createAsync(String name, MutexSpec spec) {
    return mutexes.createAsync(Wire.create(name, spec));
  }

  @Override
  public RemoteMutex open(String name) throws InterruptedException {
    return mutexes.open(name);
  }

  @Override
  public CompletableFuture<RemoteMutex> openAsync(String name) {
    return mutexes.openAsync(name);
  }

  @Override
  public void delete(String name) throws InterruptedException {
    mutexes.delete(name, false);
  }

  @Override
  public void deleteByForce(String name) throws InterruptedException {
    mutexes.delete(name, true);
  }

  @Override
  public CompletableFuture<Void> deleteAsync(String name, boolean force) {
    return mutexes.deleteAsync(name, force);
  }
}
