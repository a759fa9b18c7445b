package dev.signalbox.systemtests.oracle;

import dev.signalbox.client.Acquire;
import dev.signalbox.client.ReleaseItem;
import dev.signalbox.client.RemoteEvent;
import dev.signalbox.client.RemoteMutex;
import dev.signalbox.client.RemoteObject;
import dev.signalbox.client.RemoteSemaphore;
import dev.signalbox.client.SignalboxClient;
import dev.signalbox.client.fixtures.FaultyNetwork;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One party of a case: a client over a network of its own. It can vanish without a word and keep
 * what it holds for as long as the lease lasts, which is longer than any case; its session ends as
 * soon as its connection breaks (L9), so that the end of the lease need not be waited for.
 * Thread-safe.
 */
final class Session implements AutoCloseable {
  private static final Duration LEASE = Duration.ofMinutes(5);

  private final String name;
  private final FaultyNetwork network;
  private final SignalboxClient client;
  private final Map<Handle, RemoteObject> opened = new ConcurrentHashMap<>();

  private Session(String name, FaultyNetwork network) {
    this.name = name;
    this.network = network;
    client =
        SignalboxClient.builder()
            .target(network.target())
            .clientName(name)
            .lease(LEASE)
            .endAfterBreak(Duration.ZERO)
            .build();
  }

  static Session to(int port, String name) {
    try {
      return new Session(name, FaultyNetwork.to(port));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String name() {
    return name;
  }

  SignalboxClient client() {
    return client;
  }

  /** The object of a handle, opened by this session with the rights of the handle. */
  RemoteObject object(Handle handle) throws InterruptedException {
    RemoteObject known = opened.get(handle);
    return known == null ? open(handle) : known;
  }

  /** Asks the service for the object, whether or not this session has opened it before. */
  RemoteObject open(Handle handle) throws InterruptedException {
    RemoteObject object = openAnew(handle);
    opened.put(handle, object);
    return object;
  }

  private RemoteObject openAnew(Handle handle) throws InterruptedException {
    return switch (handle.kind()) {
      case SEMAPHORE -> client.semaphores().open(handle.object(), handle.rights());
      case MUTEX -> client.mutexes().open(handle.object());
      case EVENT -> client.events().open(handle.object());
    };
  }

  RemoteSemaphore semaphore(Handle handle) throws InterruptedException {
    return (RemoteSemaphore) object(handle);
  }

  RemoteMutex mutex(Handle handle) throws InterruptedException {
    return (RemoteMutex) object(handle);
  }

  RemoteEvent event(Handle handle) throws InterruptedException {
    return (RemoteEvent) object(handle);
  }

  /** A wait for the object of a handle. */
  Acquire.Part part(Handle handle) throws InterruptedException {
    RemoteObject object = object(handle);
    if (object instanceof RemoteMutex mutex) {
      return mutex.permit();
    }
    return object instanceof RemoteEvent event
        ? event.signal()
        : ((RemoteSemaphore) object).permits(1);
  }

  /** A signal of the object of a handle, whatever that is for its kind. */
  ReleaseItem signal(Handle handle) throws InterruptedException {
    RemoteObject object = object(handle);
    if (object instanceof RemoteMutex mutex) {
      return ReleaseItem.release(mutex);
    }
    return object instanceof RemoteEvent event
        ? ReleaseItem.set(event)
        : ReleaseItem.signal((RemoteSemaphore) object, 1);
  }

  /** From now on nothing is heard of it; nobody notices. */
  void vanish() {
    network.silence();
  }

  /** The service notices that it is gone. */
  void expire() {
    network.refuse();
  }

  @Override
  public void close() {
    client.close();
    network.close();
  }
}
