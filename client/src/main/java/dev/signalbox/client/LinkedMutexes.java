package dev.signalbox.client;

import dev.signalbox.client.internal.SessionLink;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The mutexes as seen through a link. */
final class LinkedMutexes implements Mutexes {
  private final NamedObjects<RemoteMutex> mutexes;

  LinkedMutexes(SessionLink link) {
    mutexes =
        new NamedObjects<>(
            link, ObjectKind.MUTEX, (found, rights) -> new LinkedMutex(link, found, rights));
  }

  @Override
  public RemoteMutex create(String name) throws InterruptedException {
    return create(name, MutexSpec.unowned());
  }

  @Override
  public RemoteMutex create(String name, MutexSpec spec) throws InterruptedException {
    return create(name, spec, AccessRight.all());
  }

  @Override
  public CompletableFuture<RemoteMutex> createAsync(String name, MutexSpec spec) {
    return createAsync(name, spec, AccessRight.all());
  }

  @Override
  public RemoteMutex create(String name, MutexSpec spec, Set<AccessRight> rights)
      throws InterruptedException {
    return mutexes.create(Wire.create(name, spec), rights);
  }

  @Override
  public CompletableFuture<RemoteMutex> createAsync(
      String name, MutexSpec spec, Set<AccessRight> rights) {
    return mutexes.createAsync(Wire.create(name, spec), rights);
  }

  @Override
  public RemoteMutex open(String name) throws InterruptedException {
    return open(name, AccessRight.all());
  }

  @Override
  public CompletableFuture<RemoteMutex> openAsync(String name) {
    return openAsync(name, AccessRight.all());
  }

  @Override
  public RemoteMutex open(String name, Set<AccessRight> rights) throws InterruptedException {
    return mutexes.open(name, rights);
  }

  @Override
  public CompletableFuture<RemoteMutex> openAsync(String name, Set<AccessRight> rights) {
    return mutexes.openAsync(name, rights);
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
