package dev.signalbox.client.callback;

import org.jspecify.annotations.Nullable;

/**
 * For which pools the current thread works: an executor that runs tasks where they are brought can
 * have it work for several, one inside the other.
 */
record Duty(Pool pool, @Nullable Duty outer) {
  private static final ThreadLocal<@Nullable Duty> CURRENT = new ThreadLocal<>();

  /** Works for a pool on this thread. */
  static void perform(Pool pool, Runnable work) {
    Duty outer = CURRENT.get();
    CURRENT.set(new Duty(pool, outer));
    try {
      work.run();
    } finally {
      resume(outer);
    }
  }

  private static void resume(@Nullable Duty outer) {
    if (outer == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(outer);
    }
  }

  /** Whether this thread works for the pool. */
  static boolean isFor(Pool pool) {
    Duty duty = CURRENT.get();
    while (duty != null && !duty.pool.equals(pool)) {
      duty = duty.outer;
    }
    return duty != null;
  }
}
