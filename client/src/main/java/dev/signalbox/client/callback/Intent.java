package dev.signalbox.client.callback;

import dev.signalbox.client.Permit;
import dev.signalbox.client.ReleaseItem;
import dev.signalbox.client.RemoteSemaphore;
import java.util.Objects;
import java.util.concurrent.locks.Lock;

/** One thing to do when a callback returns (C2). */
sealed interface Intent {
  /** Whether it is dropped if the callback throws (C5). */
  boolean onSuccess();

  /** One that the service carries out. */
  sealed interface Networked extends Intent {
    /** The name of the semaphore; of several, the first. */
    String semaphore();

    ReleaseItem item();
  }

  record GiveBack(Permit permit, boolean onSuccess) implements Networked {
    @Override
    public String semaphore() {
      return permit.semaphore();
    }

    @Override
    public ReleaseItem item() {
      return ReleaseItem.giveBack(permit);
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
    public String semaphore() {
      return item.semaphore().name();
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
