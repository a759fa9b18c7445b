package dev.signalbox.client.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes results from the network thread to where user code may run. Callers that wait are woken at
 * once; futures are completed on one executor, those of one frame in one task; listeners hear on a
 * thread of their own, so that a slow completion cannot hold up the news that a permit is lost.
 */
final class Dispatcher {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  private final Lanes lanes;
  private final Executor completions;
  private final ThreadPoolExecutor news;
  private final @Nullable ThreadPoolExecutor ownCompletions;
  private List<Call<?>> settled = new ArrayList<>();

  /** Calls that are settled leave these lanes. */
  Dispatcher(Lanes lanes, @Nullable Executor completions) {
    this.lanes = lanes;
    this.news = daemon("signalbox-events");
    if (completions == null) {
      this.ownCompletions = daemon("signalbox-completions");
      this.completions = ownCompletions;
    } else {
      this.ownCompletions = null;
      this.completions = completions;
    }
  }

  /** One thread, which comes when it is needed and goes when it is not. */
  private static ThreadPoolExecutor daemon(String name) {
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            1,
            1,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, name);
              thread.setDaemon(true);
              return thread;
            });
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }

  /** The call has its answer or failure. Network thread. */
  void settled(Call<?> call) {
    lanes.leave(call);
    if (call.isAwaited()) {
      call.deliver();
    } else {
      settled.add(call);
      call.settled();
    }
  }

  /** Hands over what was settled since the last time. Network thread. */
  void flush() {
    lanes.flush();
    if (!settled.isEmpty()) {
      List<Call<?>> batch = settled;
      settled = new ArrayList<>(batch.size());
      execute(() -> batch.forEach(Call::deliver));
    }
  }

  /** Nothing more will come but what is on its way: idle threads go at once. Any thread. */
  void end() {
    news.setKeepAliveTime(1, TimeUnit.MILLISECONDS);
    if (ownCompletions != null) {
      ownCompletions.setKeepAliveTime(1, TimeUnit.MILLISECONDS);
    }
  }

  /** Runs the task when everything that was handed over before has been run. Any thread. */
  void afterAll(Runnable task) {
    execute(() -> news.execute(task));
  }

  private void execute(Runnable task) {
    try {
      completions.execute(task);
    } catch (RejectedExecutionException e) {
      news.execute(task);
    }
  }

  /** Runs a listener; in order. Any thread. */
  void tell(Runnable listener) {
    news.execute(() -> {
      try {
        listener.run();
      } catch (RuntimeException e) {
        LOG.warn("A listener failed", e);
      }
    });
  }
}
