package dev.signalbox.client.callback;

import dev.signalbox.client.Permit;
import dev.signalbox.client.ReleaseItem;
import dev.signalbox.client.RemoteEvent;
import dev.signalbox.client.RemoteMutex;
import dev.signalbox.client.RemoteSemaphore;
import java.util.Objects;
import java.util.concurrent.locks.Lock;

/** One thing to do when a callback returns (C2). */
sealed interface Intent {
  /** Whether it is dropped if the callback throws (C5). */
  boolean onSuccess();

  /** One that the service carries out. Those of a lower rank are applied first (C4). */
  sealed interface Networked extends Intent {
    int rank();

    /** The name of the semaphore; of several, the first. */
    String semaphore();

    ReleaseItem item();
  }

  record GiveBack(Permit permit, boolean onSuccess) implements Networked {
    @Override
    public int rank() {
      return 0;
    }

    @Override
    public String semaphore() {
      return permit.semaphore();
    }

    @Override
    public ReleaseItem item() {
      return ReleaseItem.giveBack(permit);
    }
  }

  record ReleaseMutex(RemoteMutex mutex, boolean onSuccess) implements Networked {
    public ReleaseMutex {
      Objects.requireNonNull(mutex);
    }

    @Override
    public int rank() {
      return 1;
    }

    @Override
    public String semaphore() {
      return mutex.name();
    }

    @Override
    public ReleaseItem item() {
      return ReleaseItem.release(mutex);
    }
  }

  record Signal(ReleaseItem.Signal item, boolean onSuccess) implements Networked {
    /** Refuses no permits, and a handle that may not signal: now, not when it is due (R1, X2). */
    Signal(RemoteSemaphore target, int permits, boolean onSuccess) {
      this(new ReleaseItem.Signal(target, atLeastOne(permits, target)), onSuccess);
    }

    private static int atLeastOne(int permits, RemoteSemaphore target) {
      if (permits < 1) {
        throw new IllegalArgumentException(
            "permits must be at least 1, not " + permits + ", to release " + target.name());
      }
      return permits;
    }

    @Override
    public int rank() {
      return 2;
    }

    @Override
    public String semaphore() {
      return item.semaphore().name();
    }
  }

  record SetEvent(RemoteEvent event, boolean onSuccess) implements Networked {
    public SetEvent {
      Objects.requireNonNull(event);
    }

    @Override
    public int rank() {
      return 3;
    }

    @Override
    public String semaphore() {
      return event.name();
    }

    @Override
    public ReleaseItem item() {
      return ReleaseItem.set(event);
    }
  }

  record Unlock(Lock lock, boolean onSuccess) implements Intent {
    public Unlock {
      Objects.requireNonNull(lock);
    }
  }

  record Close(AutoCloseable resource, boolean onSuccess) implements Intent {
    public Close {
      Objects.requireNonNull(resource);
    }
  }
}
