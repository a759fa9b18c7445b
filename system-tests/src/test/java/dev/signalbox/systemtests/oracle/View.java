package dev.signalbox.systemtests.oracle;

import dev.signalbox.client.Acquire;
import dev.signalbox.client.ObjectKind;
import dev.signalbox.client.RemoteSemaphore;
import dev.signalbox.client.SemaphoreInfo;
import dev.signalbox.client.SignalboxClient;
import dev.signalbox.client.SignalboxException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** The harness's own look at the service; every look sees what was confirmed before. */
final class View {
  private static final int ALL = 1_000;

  private final SignalboxClient client;

  View(SignalboxClient client) {
    this.client = client;
  }

  SignalboxClient client() {
    return client;
  }

  /** Brings a semaphore's count to where it should be; nobody holds what is taken for that. */
  void bring(String object, int to) throws InterruptedException {
    RemoteSemaphore semaphore = client.semaphores().open(object);
    int surplus = semaphore.info().count() - to;
    if (surplus > 0) {
      var unused = client.acquire(Acquire.of(semaphore, surplus).consume().within(Duration.ZERO));
    } else if (surplus < 0) {
      var unused = semaphore.release(-surplus);
    }
  }

  SemaphoreInfo info(String object, ObjectKind kind) throws InterruptedException {
    return switch (kind) {
      case SEMAPHORE -> client.semaphores().open(object).info(ALL);
      case MUTEX -> client.mutexes().open(object).info();
      case EVENT -> client.events().open(object).info();
    };
  }

  Counts counts(String object) throws InterruptedException {
    return Counts.of(info(object, ObjectKind.SEMAPHORE));
  }

  boolean exists(String object, ObjectKind kind) throws InterruptedException {
    try {
      var unused = info(object, kind);
      return true;
    } catch (SignalboxException.NotFound | SignalboxException.WrongKind e) {
      return false;
    }
  }

  /** Whether the name is taken, by whatever. */
  boolean isTaken(String object) throws InterruptedException {
    try {
      client.semaphores().open(object);
      return true;
    } catch (SignalboxException.WrongKind e) {
      return true;
    } catch (SignalboxException.NotFound | SignalboxException.InvalidArgument e) {
      return false;
    }
  }

  /** Deletes whatever has the name, in use or not. */
  void delete(String object) throws InterruptedException {
    if (exists(object, ObjectKind.SEMAPHORE)) {
      client.semaphores().deleteByForce(object);
    } else if (exists(object, ObjectKind.MUTEX)) {
      client.mutexes().deleteByForce(object);
    } else {
      client.events().deleteByForce(object);
    }
  }

  /**
   * How many acquires of a session wait in a queue. Mutexes and events do not list all who wait, so
   * there those of others count as well.
   */
  long waiting(String session, Handle handle) throws InterruptedException {
    SemaphoreInfo info = info(handle.object(), handle.kind());
    return handle.kind() == ObjectKind.SEMAPHORE
        ? info.waiters().stream().filter(waiter -> waiter.clientName().equals(session)).count()
        : info.waiting();
  }

  /** Whether a session waits in a queue, as far as can be seen. */
  boolean waits(String session, Handle handle) throws InterruptedException {
    return info(handle.object(), handle.kind()).waiters().stream()
        .anyMatch(waiter -> waiter.clientName().equals(session));
  }

  /** Whether a session owns a mutex. */
  boolean owns(String session, String mutex) throws InterruptedException {
    return info(mutex, ObjectKind.MUTEX).holders().stream()
        .anyMatch(holder -> holder.clientName().equals(session));
  }

  /** What a session holds, by semaphore, of all whose names begin so. */
  Map<String, Long> heldBy(String session, String prefix) throws InterruptedException {
    Map<String, Long> held = new TreeMap<>();
    for (SemaphoreInfo semaphore : client.semaphores().list(prefix)) {
      if (semaphore.kind() == ObjectKind.SEMAPHORE && semaphore.held() > 0) {
        info(semaphore.name(), semaphore.kind()).holders().stream()
            .filter(holder -> holder.clientName().equals(session))
            .forEach(holder -> held.merge(semaphore.name(), holder.permits(), Long::sum));
      }
    }
    return held;
  }
}
