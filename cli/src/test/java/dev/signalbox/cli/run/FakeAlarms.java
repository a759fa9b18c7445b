package dev.signalbox.cli.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A clock that the test moves. */
final class FakeAlarms implements Alarms {
  private record Alarm(long at, Runnable task) {}

  private final List<Alarm> due = new ArrayList<>();
  private long now;

  @Override
  public long nanoTime() {
    return now;
  }

  @Override
  public void now(Runnable task) {
    task.run();
  }

  @Override
  public Cancellable after(Duration delay, Runnable task) {
    Alarm alarm = new Alarm(now + delay.toNanos(), task);
    due.add(alarm);
    return () -> due.remove(alarm);
  }

  /** Lets time pass, and everything happen in its time. */
  void pass(Duration time) {
    long end = now + time.toNanos();
    for (Alarm next = next(end); next != null; next = next(end)) {
      now = Math.max(now, next.at());
      due.remove(next);
      next.task().run();
    }
    now = end;
  }

  /** Lets time pass while the process stands still. */
  void standStill(Duration time) {
    now += time.toNanos();
  }

  private @Nullable Alarm next(long end) {
    return due.stream()
        .filter(alarm -> alarm.at() <= end)
        .min(Comparator.comparingLong(Alarm::at))
        .orElse(null);
  }

  boolean isIdle() {
    return due.isEmpty();
  }
}
