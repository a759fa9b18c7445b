package dev.signalbox.client;

import dev.signalbox.client.internal.SessionLink;
import java.util.concurrent.CompletableFuture;

/** The events as seen through a link. */
final class LinkedEvents implements Events {
  private final NamedObjects<RemoteEvent> events;

  LinkedEvents(SessionLink link) {
    events =
        new NamedObjects<>(link, ObjectKind.EVENT, event -> new LinkedEvent(link, event.getName()));
  }

  @Override
  public RemoteEvent create(String name, EventSpec spec) throws InterruptedException {
    return events.create(Wire.create(name, spec));
  }

  @Override
  public CompletableFuture<RemoteEvent> createAsync(String name, EventSpec spec) {
    return events.createAsync(Wire.create(name, spec));
  }

  @Override
  public RemoteEvent open(String name) throws InterruptedException {
    return events.open(name);
  }

  @Override
  public CompletableFuture<RemoteEvent> openAsync(String name) {
    return events.openAsync(name);
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
