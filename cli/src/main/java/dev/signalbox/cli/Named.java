package dev.signalbox.cli;

import dev.signalbox.client.ObjectKind;
import dev.signalbox.client.RemoteEvent;
import dev.signalbox.client.RemoteMutex;
import dev.signalbox.client.RemoteObject;
import dev.signalbox.client.RemoteSemaphore;
import dev.signalbox.client.SemaphoreInfo;
import dev.signalbox.client.SignalboxClient;
import dev.signalbox.client.SignalboxException.WrongKind;

/** Objects of whatever kind, by name: on a command line the name is all there is. */
final class Named {
  /** What is tried for one kind after the other. */
  private interface Attempt<T> {
    T with(ObjectKind kind) throws InterruptedException;
  }

  private static final ObjectKind[] KINDS = ObjectKind.values();

  private Named() {}

  private static <T> T ofWhateverKind(Attempt<T> attempt) throws InterruptedException {
    for (int i = 0; i < KINDS.length - 1; i++) {
      try {
        return attempt.with(KINDS[i]);
      } catch (WrongKind e) {
        // Then it is of the next one.
      }
    }
    return attempt.with(KINDS[KINDS.length - 1]);
  }

  static RemoteObject open(SignalboxClient client, String name) throws InterruptedException {
    return ofWhateverKind(kind ->
        switch (kind) {
          case SEMAPHORE -> client.semaphores().open(name);
          case MUTEX -> client.mutexes().open(name);
          case EVENT -> client.events().open(name);
        });
  }

  static void delete(SignalboxClient client, String name) throws InterruptedException {
    ofWhateverKind(kind -> {
      switch (kind) {
        case SEMAPHORE -> client.semaphores().delete(name);
        case MUTEX -> client.mutexes().delete(name);
        case EVENT -> client.events().delete(name);
      }
      return kind;
    });
  }

  static void deleteByForce(SignalboxClient client, String name) throws InterruptedException {
    ofWhateverKind(kind -> {
      switch (kind) {
        case SEMAPHORE -> client.semaphores().deleteByForce(name);
        case MUTEX -> client.mutexes().deleteByForce(name);
        case EVENT -> client.events().deleteByForce(name);
      }
      return kind;
    });
  }

  /** The object as it is now, with at most so many holders and waiters where they can be had. */
  static SemaphoreInfo info(RemoteObject object, int listed) throws InterruptedException {
    if (object instanceof RemoteSemaphore semaphore) {
      return semaphore.info(listed);
    } else if (object instanceof RemoteMutex mutex) {
      return mutex.info();
    }
    return ((RemoteEvent) object).info();
  }
}
