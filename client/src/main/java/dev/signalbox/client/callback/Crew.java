package dev.signalbox.client.callback;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue of tasks, and the workers that run them on an executor (C1). A worker is started
 * when more tasks wait than workers are free; it runs task after task, and ends when it has waited
 * its time for one in vain. Thread-safe; the lock is never held around a task or the executor.
 */
final class Crew<T extends Crew.Task> {
  /** What a crew runs. */
  interface Task extends Runnable {
    /** Whether it would be refused by what it belongs to: nobody need wait for room for it. */
    boolean isUnwelcome();

    /**
     * It is about to be queued, under the crew's lock; false: what it belongs to refuses it, and it
     * is not queued.
     */
    boolean join();

    /** It was accepted, but never will run, because no thread can be had. */
    void strand(Throwable why);
  }

  static final String CLOSED = "the pool is closed";
  static final String GROUP_CLOSED = "the cleanup group is closed";

  private final Executor executor;
  private final int capacity;
  private final boolean waits;
  private final long patience;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Condition room = lock.newCondition();
  private final Condition ended = lock.newCondition();

  // Under the lock. Workers count from the decision to start them; those that are not busy are
  // free.
  private final Queue<T> queue = new ArrayDeque<>();
  private ThreadRange range;
  private int workers;
  private int busy;
  private int countedOut;
  private boolean closed;

  /**
   * A crew without workers as yet.
   *
   * @param capacity tasks that may wait while as many as possible run
   * @param idleTime how long a worker above the minimum waits for a task; empty: no worker ever
   *     waits, as the threads are somebody else's
   */
  Crew(Executor executor, ThreadRange range, int capacity, Optional<Duration> idleTime) {
    this.executor = executor;
    this.range = range;
    this.capacity = capacity;
    this.waits = idleTime.isPresent();
    this.patience = idleTime.orElse(Duration.ZERO).toNanos();
  }

  /**
   * Queues a task; false if it is refused, the crew is closed or its queue full.
   *
   * @throws RejectedExecutionException if no thread can be had
   */
  boolean offer(T task) {
    return add(task, false);
  }

  /**
   * Queues a task whether there is room or not; false if it is refused or the crew is closed.
   *
   * @throws RejectedExecutionException if no thread can be had
   */
  boolean admit(T task) {
    return add(task, true);
  }

  private boolean add(T task, boolean beyondCapacity) {
    boolean start;
    lock.lock();
    try {
      if (closed || (!beyondCapacity && isFull()) || !task.join()) {
        return false;
      }
      start = enqueue(task);
    } finally {
      lock.unlock();
    }
    if (start) {
      var unused = startFor(task);
    }
    return true;
  }

  /**
   * Queues a task when there is room.
   *
   * @throws RejectedExecutionException if it is refused, the crew is closed, or no thread can be
   *     had
   */
  void put(T task) throws InterruptedException {
    boolean start;
    lock.lockInterruptibly();
    try {
      while (!closed && !task.isUnwelcome() && isFull()) {
        room.await();
      }
      if (closed || !task.join()) {
        room.signal(); // The room that it was told of is for somebody else.
        throw new RejectedExecutionException(closed ? CLOSED : GROUP_CLOSED);
      }
      start = enqueue(task);
    } finally {
      lock.unlock();
    }
    if (start) {
      var unused = startFor(task);
    }
  }

  /** Lets those who wait for room see whether they are still welcome. */
  void refuseUnwelcome() {
    lock.lock();
    try {
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Tasks of which a worker could take the next one at once do not count as waiting. */
  private boolean isFull() {
    return queue.size() + busy - range.max() >= capacity;
  }

  /** Returns whether a worker is to be started for the task. */
  private boolean enqueue(T task) {
    queue.add(task);
    boolean start = workersWanted() > 0;
    if (start) {
      workers++;
    } else if (queue.size() == 1) {
      work.signal();
    }
    return start;
  }

  private int workersWanted() {
    return Math.min(queue.size() - (workers - busy), range.max() - workers);
  }

  /** Starts a worker, which is counted already, for this task among others. */
  private boolean startFor(@Nullable T task) {
    try {
      executor.execute(this::work);
      return true;
    } catch (Throwable e) { // The executor may refuse; the machine may have no thread left.
      List<T> stranded = notStarted();
      boolean own = stranded.remove(task);
      stranded.forEach(other -> other.strand(e));
      if (own) {
        throw new RejectedExecutionException("no thread can be had to run a callback", e);
      }
      return false;
    }
  }

  /**
   * Called by a task that wants to run long: whether a worker is free for others, or could be
   * started and was. If so, the task's own is not one of the minimum until {@link #countIn}.
   */
  boolean countOut() {
    boolean start;
    lock.lock();
    try {
      if (busy >= range.max()) {
        return false;
      }
      start = waits && workers == busy;
      workers += start ? 1 : 0;
      countedOut++;
    } finally {
      lock.unlock();
    }
    boolean spared = !start || startFor(null);
    if (!spared) {
      countIn();
    }
    return spared;
  }

  /** A task that was counted out has ended. */
  void countIn() {
    lock.lock();
    try {
      countedOut--;
    } finally {
      lock.unlock();
    }
  }

  /** Counts a worker no more, and returns the tasks that nobody is left to run. */
  private List<T> notStarted() {
    lock.lock();
    try {
      leave();
      return workers == 0 ? takeAll() : new ArrayList<>(0);
    } finally {
      lock.unlock();
    }
  }

  private void work() {
    T task = next(false);
    while (task != null) {
      perform(task);
      task = next(true);
    }
  }

  private void perform(T task) {
    try {
      task.run();
    } catch (Throwable e) {
      Log.LOG.error("{} did not end as it should", task, e);
    }
  }

  /** The next task of a worker; null: it is to end, and is counted no more. */
  private @Nullable T next(boolean wasBusy) {
    lock.lock();
    try {
      if (wasBusy) {
        busy--;
        room.signal();
      }
      T task = await();
      if (task == null) {
        leave();
      } else {
        busy++;
        callNext();
      }
      return task;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Each worker wakes the next while there is work, so that the first task alone need wake anybody.
   */
  private void callNext() {
    if (!queue.isEmpty()) {
      work.signal();
    }
  }

  private @Nullable T await() {
    long left = patience;
    while (workers <= range.max()) {
      T task = queue.poll();
      boolean spare = workers - countedOut > range.min();
      if (task != null || closed || !waits || (spare && left <= 0)) {
        return task;
      }
      try {
        if (spare) {
          left = work.awaitNanos(left);
        } else {
          work.await();
        }
      } catch (InterruptedException e) {
        // It was meant for a callback that is gone, and must not reach the next one.
      }
    }
    return null;
  }

  private void leave() {
    workers--;
    callNext();
    if (workers == 0) {
      ended.signalAll();
    }
  }

  /** Changes how few and how many workers there are. */
  void resize(UnaryOperator<ThreadRange> change) {
    int start;
    lock.lock();
    try {
      range = change.apply(range);
      start = Math.max(0, workersWanted());
      workers += start;
      work.signalAll();
      room.signalAll();
    } finally {
      lock.unlock();
    }
    for (int i = 0; i < start; i++) {
      var unused = startFor(null);
    }
  }

  /** Takes out the tasks that wait, the longest waiting first. */
  List<T> drain() {
    lock.lock();
    try {
      return takeAll();
    } finally {
      lock.unlock();
    }
  }

  /** Takes out the tasks of a kind that wait. */
  void removeIf(Predicate<? super T> kind) {
    lock.lock();
    try {
      queue.removeIf(kind);
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private List<T> takeAll() {
    List<T> all = new ArrayList<>(queue);
    queue.clear();
    room.signalAll();
    return all;
  }

  /** Takes no more tasks; the workers end when they have run those that wait. */
  void close() {
    lock.lock();
    try {
      closed = true;
      work.signalAll();
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits so long for the last worker of a closed crew to end. */
  boolean awaitEnd(long nanos) throws InterruptedException {
    long left = nanos;
    lock.lockInterruptibly();
    try {
      while (workers > 0 && left > 0) {
        left = ended.awaitNanos(left);
      }
      return workers == 0;
    } finally {
      lock.unlock();
    }
  }

  /** How many there are. */
  Headcount count() {
    lock.lock();
    try {
      return new Headcount(workers, busy, countedOut, queue.size());
    } finally {
      lock.unlock();
    }
  }

  /**
   * A count of workers, of those among them that run a task, of those again that were counted out,
   * and of tasks that wait.
   */
  record Headcount(int workers, int busy, int runningLong, int waiting) {}
}
