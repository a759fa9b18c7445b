package dev.signalbox.server;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/** Monotonic nanoseconds that pass when a test says so. */
public final class FakeClock implements LongSupplier {
  private final AtomicLong nanos = new AtomicLong(1_000_000_000L);
  private final Map<String, LongAdder> reads = new ConcurrentHashMap<>();

  /** A clock that stands still. */
  public FakeClock() {}

  @Override
  public long getAsLong() {
    reads.computeIfAbsent(Thread.currentThread().getName(), name -> new LongAdder()).increment();
    return nanos.get();
  }

  /** How often a thread has looked at the clock. */
  public long readsBy(String thread) {
    LongAdder count = reads.get(thread);
    return count == null ? 0 : count.sum();
  }

  /** Lets time pass. */
  public void advance(Duration time) {
    nanos.addAndGet(time.toNanos());
  }
}
