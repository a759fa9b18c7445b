package dev.signalbox.cli.run;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The system's clock, and a thread. */
final class AlarmClock implements Alarms, AutoCloseable {
  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(
          1,
          task -> {
            Thread made = new Thread(task, "signalbox-guard");
            made.setDaemon(true);
            return made;
          });

  AlarmClock() {
    thread.setRemoveOnCancelPolicy(true);
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public void now(Runnable task) {
    thread.execute(task);
  }

  @Override
  public Cancellable after(Duration delay, Runnable task) {
    Future<?> alarm = thread.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    return () -> alarm.cancel(false);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
