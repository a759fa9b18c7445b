package dev.signalbox.client.callback;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A pool's own threads: those that run callbacks, unless the user brought some, and those that end
 * them.
 */
final class PoolThreads {
  private static final int MOST_FINISHERS = 4;

  private final ThreadPoolExecutor workers;
  private final ThreadPoolExecutor finishers;

  PoolThreads(String pool) {
    workers =
        new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, 0, TimeUnit.SECONDS, new SynchronousQueue<>(), named(pool + "-"));
    finishers =
        new ThreadPoolExecutor(
            MOST_FINISHERS,
            MOST_FINISHERS,
            1,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            named(pool + "-finisher-"));
    finishers.allowCoreThreadTimeOut(true);
  }

  private static ThreadFactory named(String prefix) {
    AtomicInteger number = new AtomicInteger();
    return task -> new Thread(task, prefix + number.incrementAndGet());
  }

  /** A thread for every task: how many there are and how long they stay is the crew's affair. */
  Executor workers() {
    return workers;
  }

  /** Runs it on a thread that is neither a worker nor the client's; if none can be had, here. */
  void finish(Runnable ending) {
    try {
      finishers.execute(ending);
    } catch (Throwable e) {
      ending.run();
    }
  }

  /** They end when they have done what they were given. */
  void end() {
    workers.shutdown();
    finishers.shutdown();
  }
}
