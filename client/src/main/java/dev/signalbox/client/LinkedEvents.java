package dev.signalbox.client;

import dev.signalbox.client.internal.SessionLink;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The events as seen through a link. */
final class LinkedEvents implements Events {
  private final NamedObjects<RemoteEvent> events;

  LinkedEvents(SessionLink link) {
    events =
        new NamedObjects<>(
            link, ObjectKind.EVENT, (found, rights) -> new LinkedEvent(link, found, rights));
  }

  @Override
  public RemoteEvent create(String name, EventSpec spec) throws InterruptedException {
    return create(name, spec, AccessRight.all());
  }

  @Override
  public CompletableFuture<RemoteEvent> createAsync(String name, EventSpec spec) {
    return createAsync(name, spec, AccessRight.all());
  }

  @Override
  public RemoteEvent create(String name, EventSpec spec, Set<AccessRight> rights)
      throws InterruptedException {
    return events.create(Wire.create(name, spec), rights);
  }

  @Override
  public CompletableFuture<RemoteEvent> createAsync(
      String name, EventSpec spec, Set<AccessRight> rights) {
    return events.createAsync(Wire.create(name, spec), rights);
  }

  @Override
  public RemoteEvent open(String name) throws InterruptedException {
    return open(name, AccessRight.all());
  }

  @Override
  public CompletableFuture<RemoteEvent> openAsync(String name) {
    return openAsync(name, AccessRight.all());
  }

  @Override
  public RemoteEvent open(String name, Set<AccessRight> rights) throws InterruptedException {
    return events.open(name, rights);
  }

  @Override
  public CompletableFuture<RemoteEvent> openAsync(String name, Set<AccessRight> rights) {
    return events.openAsync(name, rights);
  }

  @Override
  public void delete(String name) throws InterruptedException {
    events.delete(name, false);
  }

  @Override
  public void deleteByForce(String name) throws InterruptedException {
    events.delete(name, true);
  }

  @Override
  public CompletableFuture<Void> deleteAsync(String name, boolean force) {
    return events.deleteAsync(name, force);
  }
}
