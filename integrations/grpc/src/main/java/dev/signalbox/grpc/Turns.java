package dev.signalbox.grpc;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks one at a time, in the order they come, on the threads that bring them: who comes while
 * another's task runs leaves his to that thread. At first it may be shut, and then keeps them.
 * Thread-safe; no task runs under its lock.
 */
final class Turns {
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private final Consumer<Throwable> onFailure;
  private boolean busy;
  private boolean dropped;

  private Turns(boolean busy, Consumer<Throwable> onFailure) {
    this.busy = busy;
    this.onFailure = onFailure;
  }

  /**
   * Shut.
   *
   * @param onFailure hears what a task has thrown that did not run on the thread of who brought it
   */
  static Turns shut(Consumer<Throwable> onFailure) {
    return new Turns(true, onFailure);
  }

  /** Open from the start. */
  static Turns open(Consumer<Throwable> onFailure) {
    return new Turns(false, onFailure);
  }

  /** Runs the task now, or when it is its turn. Now, what it throws reaches the caller. */
  void run(Runnable task) {
    synchronized (this) {
      if (busy) {
        keep(task);
        return;
      }
      busy = true;
    }
    try {
      task.run();
    } finally {
      runWaiting();
    }
  }

  private void keep(Runnable task) {
    if (!dropped) {
      waiting.add(task);
    }
  }

  /** Opens what was shut: this task comes before all that were kept. To be called once. */
  void open(Runnable first) {
    runGuarded(first);
    runWaiting();
  }

  /** Never opens, and forgets what it has kept. */
  synchronized void drop() {
    dropped = true;
    waiting.clear();
  }

  private void runWaiting() {
    for (Runnable task = next(); task != null; task = next()) {
      runGuarded(task);
    }
  }

  /** When there is no more, whoever comes next runs his own. */
  private synchronized @Nullable Runnable next() {
    Runnable task = waiting.poll();
    busy = task != null || dropped;
    return task;
  }

  @SuppressWarnings("CatchingUnchecked") // Whatever it is, the tasks behind it get their turn.
  private void runGuarded(Runnable task) {
    try {
      task.run();
    } catch (Throwable t) {
      onFailure.accept(t);
    }
  }
}
