package dev.signalbox.client.callback;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * What a pool shall be like. Immutable: each method returns a changed copy. What is out of range is
 * an {@link IllegalArgumentException} at once.
 *
 * <pre>{@code
 * PoolOptions.threads(1, 16).queue(10_000).name("billing").interruptOnLoss(true)
 * }</pre>
 */
public final class PoolOptions {
  private final ThreadRange threads;
  private final int queue;
  private final int waits;
  private final int completions;
  private final Duration idleTime;
  private final Optional<Executor> executor;
  private final String name;
  private final boolean interruptOnLoss;
  private final PoolListener listener;

  private PoolOptions(
      ThreadRange threads,
      int queue,
      int waits,
      int completions,
      Duration idleTime,
      Optional<Executor> executor,
      String name,
      boolean interruptOnLoss,
      PoolListener listener) {
    this.threads = threads;
    this.queue = queue;
    this.waits = waits;
    this.completions = completions;
    this.idleTime = idleTime;
    this.executor = executor;
    this.name = name;
    this.interruptOnLoss = interruptOnLoss;
    this.listener = listener;
  }

  /**
   * A pool that runs at most {@code max} callbacks at once, and keeps {@code min} threads when
   * there is nothing to do (C1). Both can be changed while it runs.
   */
  public static PoolOptions threads(int min, int max) {
    return new PoolOptions(
        new ThreadRange(min, max),
        10_000,
        10_000,
        4_096,
        Duration.ofSeconds(30),
        Optional.empty(),
        "callbacks",
        false,
        new PoolListener() {});
  }

  /**
   * How many callbacks may wait for a thread: at least 1, 10,000 unless said (C1). A callback whose
   * grant arrives is always taken in, and counts for those that come after it.
   */
  public PoolOptions queue(int callbacks) {
    int to = atLeastOne("queue", callbacks);
    return new PoolOptions(
        threads, to, waits, completions, idleTime, executor, name, interruptOnLoss, listener);
  }

  /**
   * How many callbacks may wait for a grant, or have one and not be complete: at least 1, 10,000
   * unless said (C9). Each has an acquire under way, of which the client can have 32,768 in all.
   */
  public PoolOptions waits(int callbacks) {
    int to = atLeastOne("waits", callbacks);
    return new PoolOptions(
        threads, queue, to, completions, idleTime, executor, name, interruptOnLoss, listener);
  }

  /**
   * How many callbacks may have their release under way before a thread waits for one of them
   * instead of taking the next callback: at least 1, 4,096 unless said.
   */
  public PoolOptions completionsUnderWay(int callbacks) {
    int to = atLeastOne("completionsUnderWay", callbacks);
    return new PoolOptions(
        threads, queue, waits, to, idleTime, executor, name, interruptOnLoss, listener);
  }

  /** How long a thread above the minimum waits for work before it ends; 30 s unless said. */
  public PoolOptions idleTime(Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException("idleTime must not be negative");
    }
    return new PoolOptions(
        threads, queue, waits, completions, time, executor, name, interruptOnLoss, listener);
  }

  /**
   * Runs the callbacks on this executor, for instance one of virtual threads, and never shuts it
   * down. The queue and the maximum remain the pool's; a thread is used while there are callbacks
   * to run, and left when there are none. One that runs tasks on the thread that brings them would
   * run callbacks on the client's own threads when grants arrive (C9). Unless said, the pool has
   * threads of its own, which keep the JVM alive until it is closed.
   */
  public PoolOptions executor(Executor executor) {
    Optional<Executor> to = Optional.of(executor);
    return new PoolOptions(
        threads, queue, waits, completions, idleTime, to, name, interruptOnLoss, listener);
  }

  /** What its threads and its messages are called; {@code callbacks} unless said. */
  public PoolOptions name(String name) {
    Objects.requireNonNull(name);
    return new PoolOptions(
        threads, queue, waits, completions, idleTime, executor, name, interruptOnLoss, listener);
  }

  /**
   * Whether the thread of a callback is interrupted when a permit is lost that the callback
   * registered (L4); not unless said. An interrupt never reaches another callback.
   */
  public PoolOptions interruptOnLoss(boolean interrupt) {
    return new PoolOptions(
        threads, queue, waits, completions, idleTime, executor, name, interrupt, listener);
  }

  /** Hears of failures; they are logged unless said (C5, C6, C9, C11). */
  public PoolOptions listener(PoolListener listener) {
    Objects.requireNonNull(listener);
    return new PoolOptions(
        threads, queue, waits, completions, idleTime, executor, name, interruptOnLoss, listener);
  }

  private static int atLeastOne(String what, int number) {
    if (number < 1) {
      throw new IllegalArgumentException(what + " must be at least 1, not " + number);
    }
    return number;
  }

  ThreadRange threads() {
    return threads;
  }

  int queue() {
    return queue;
  }

  int waits() {
    return waits;
  }

  int completionsUnderWay() {
    return completions;
  }

  Duration idleTime() {
    return idleTime;
  }

  Optional<Executor> executor() {
    return executor;
  }

  String name() {
    return name;
  }

  boolean interruptsOnLoss() {
    return interruptOnLoss;
  }

  PoolListener listener() {
    return listener;
  }
}
