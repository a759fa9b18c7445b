package dev.signalbox.server.replication;

import dev.signalbox.server.core.Command;
import dev.signalbox.server.core.Entry;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts commands in order. One thread takes everything that was handed in while the last entry was
 * on its way, and makes one entry of it: batches grow with the load, and nobody waits for one to
 * fill up. When something falls due by log time and nobody writes, it writes an entry without
 * commands. Thread-safe.
 */
public final class Sequencer implements AutoCloseable {
  /** Commands after which no further submission is added to an entry. */
  private static final int ENTRY_COMMANDS = 8_192;

  /** Bytes after which no further submission is added to an entry. */
  private static final long ENTRY_BYTES = 1 << 20;

  /** Commands in the queue from which on submitters are told to wait for their turn. */
  private static final int QUEUE_SOFT_LIMIT = 2 * ENTRY_COMMANDS;

  private static final long NEVER = Long.MAX_VALUE;
  private static final Logger LOG = LoggerFactory.getLogger(Sequencer.class);

  private final CommandLog log;
  private final LogClock clock;
  private final Salt salt = new Salt();
  private final List<Command> opening;
  private final int maxQueued;
  private final Replica replica;
  private final Thread thread = new Thread(this::run, "signalbox-sequencer");

  private final CountDownLatch started = new CountDownLatch(1);
  private volatile @Nullable IOException startProblem;

  private final Object lock = new Object();
  // Guarded by lock.
  private ArrayDeque<Submission> queue = new ArrayDeque<>();
  private List<Read> reads = new ArrayList<>();
  private List<Read> staleReads = new ArrayList<>();
  private int inFlight;
  private boolean idle;
  private boolean leads;

  private volatile Consumer<Boolean> role = leads -> {};
  private volatile boolean stopping;
  private final AtomicInteger queued = new AtomicInteger();
  private volatile long deadline = NEVER;

  /**
   * A sequencer that is not started yet.
   *
   * @param log where entries go; closed together with this
   * @param listener hears what is nobody's direct answer
   * @param opening what this node writes first whenever it begins to lead
   * @param maxQueued commands that may be queued before {@link #isFull} says so
   * @param nanoTime monotonic nanoseconds
   */
  public Sequencer(
      CommandLog log,
      OutcomeListener listener,
      List<Command> opening,
      int maxQueued,
      LongSupplier nanoTime) {
    this.log = log;
    this.opening = List.copyOf(opening);
    this.maxQueued = maxQueued;
    this.clock = new LogClock(nanoTime, System.currentTimeMillis() * 1_000);
    this.replica = new Replica(listener, this);
    thread.setDaemon(true);
  }

  /**
   * Starts the sequencer's thread and on it the log.
   *
   * @param onFailure run on that thread if the log or the machine fails later: nothing will be
   *     answered any more
   */
  public void start(Runnable onFailure) {
    thread.setUncaughtExceptionHandler((failed, cause) -> {
      LOG.error("The log or the machine failed; this node stops answering", cause);
      onFailure.run();
    });
    thread.start();
  }

  /**
   * Waits until the log has started.
   *
   * @throws IOException if it cannot be read
   */
  public void awaitStart() throws IOException {
    try {
      started.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    IOException problem = startProblem;
    if (problem != null) {
      throw problem;
    }
  }

  /** Has this hear, on the apply thread, when this node begins and ceases to take commands. */
  public void onRole(Consumer<Boolean> listener) {
    role = listener;
  }

  /**
   * Hands in commands.
   *
   * @return true: the submitter may hand in more at once; false: it waits until {@link
   *     Submission#taken}, or it has {@link Submission#failed}
   */
  public boolean submit(Submission submission) {
    boolean room;
    synchronized (lock) {
      if (leads && !stopping) {
        room = queued.addAndGet(weight(submission)) <= QUEUE_SOFT_LIMIT;
        if (!room) {
          submission.waitForTurn();
        }
        queue.add(submission);
        wakeIfIdle();
        return room;
      }
    }
    submission.failed(refusal());
    return false;
  }

  /** Hands in a read. */
  public void read(Read read) {
    synchronized (lock) {
      if (leads && !stopping) {
        queued.incrementAndGet();
        reads.add(read);
        wakeIfIdle();
        return;
      }
    }
    read.failed(refusal());
  }

  /** Hands in a read that this node may answer by what it knows, whoever leads. */
  public void readStale(Read read) {
    synchronized (lock) {
      if (!stopping) {
        queued.incrementAndGet();
        staleReads.add(read);
        wakeIfIdle();
        return;
      }
    }
    read.failed(Failure.STOPPING);
  }

  /** So much is queued that a new request should rather be refused (Q3). */
  public boolean isFull() {
    return queued.get() >= maxQueued;
  }

  /** The most commands that may be queued. */
  public int maxQueued() {
    return maxQueued;
  }

  /** See {@link CommandLog#confirmLeadership}. */
  public void confirmLeadership(Runnable confirmed, Runnable denied) {
    log.confirmLeadership(confirmed, denied);
  }

  /** Nanoseconds until something falls due by log time: 0 or less if it has. */
  public long untilDue() {
    long micros = deadline - clock.now();
    return micros > Long.MAX_VALUE / 1_000 ? NEVER : micros * 1_000;
  }

  /** Stops. What is still queued fails with {@link Failure#STOPPING}: it was not executed. */
  @Override
  public void close() {
    stopping = true;
    LockSupport.unpark(thread);
    try {
      if (!thread.equals(Thread.currentThread())) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  long logTime() {
    return clock.now();
  }

  /** The log time at which something falls due. */
  void deadline(long deadline) {
    this.deadline = deadline;
  }

  void lead(long lastTime, long deadline) {
    clock.continueFrom(lastTime);
    this.deadline = deadline;
    synchronized (lock) {
      leads = true;
      Submission first = Submission.unanswered(opening);
      queue.add(first);
      queued.addAndGet(weight(first));
      wakeIfIdle();
    }
    role.accept(true);
  }

  void follow() {
    role.accept(false);
    synchronized (lock) {
      leads = false;
    }
    failQueued(Failure.NOT_LEADER);
  }

  private Failure refusal() {
    return stopping ? Failure.STOPPING : Failure.NOT_LEADER;
  }

  private void run() {
    try {
      log.start(replica);
      started.countDown();
      while (!stopping) {
        if (!step()) {
          rest();
        }
      }
    } catch (IOException e) {
      startProblem = e;
    } finally {
      stop();
    }
  }

  private void stop() {
    synchronized (lock) {
      stopping = true;
    }
    started.countDown();
    log.close();
    failQueued(Failure.STOPPING);
    takeStaleReads().forEach(read -> Batch.guarded(() -> read.failed(Failure.STOPPING)));
  }

  /** Sends off what is there; false if there was nothing to do. */
  private boolean step() {
    List<Read> reading = takeStaleReads();
    if (!reading.isEmpty()) {
      log.readStale(reading);
    }
    return stepOfLeader() || !reading.isEmpty();
  }

  private boolean stepOfLeader() {
    List<Submission> taken;
    List<Read> reading;
    boolean due;
    synchronized (lock) {
      if (inFlight >= log.maxInFlight()) {
        return false;
      }
      due = leads && inFlight == 0 && deadline <= clock.now();
      taken = takeSubmissions();
      reading = takeReads();
      inFlight += taken.isEmpty() && !due ? 0 : 1;
    }
    if (!taken.isEmpty() || due) {
      taken.forEach(submission -> Batch.guarded(submission::take));
      send(new Batch(entryOf(taken), taken, this::landed));
    }
    if (!reading.isEmpty()) {
      log.read(reading);
    }
    return !taken.isEmpty() || due || !reading.isEmpty();
  }

  private void send(Batch batch) {
    boolean sent = false;
    try {
      log.submit(batch);
      sent = true;
    } finally {
      if (!sent) {
        batch.dropped(Failure.UNKNOWN);
      }
    }
  }

  private List<Submission> takeSubmissions() {
    List<Submission> taken = new ArrayList<>();
    int commands = 0;
    long bytes = 0;
    while (commands < ENTRY_COMMANDS && bytes < ENTRY_BYTES && !queue.isEmpty()) {
      Submission next = queue.remove();
      commands += weight(next);
      bytes += next.bytes();
      taken.add(next);
    }
    queued.addAndGet(-commands);
    return taken;
  }

  private static int weight(Submission submission) {
    return Math.max(1, submission.commands().size());
  }

  private List<Read> takeReads() {
    if (reads.isEmpty()) {
      return List.of();
    }
    List<Read> taken = reads;
    reads = new ArrayList<>();
    queued.addAndGet(-taken.size());
    return taken;
  }

  private List<Read> takeStaleReads() {
    synchronized (lock) {
      if (staleReads.isEmpty()) {
        return List.of();
      }
      List<Read> taken = staleReads;
      staleReads = new ArrayList<>();
      queued.addAndGet(-taken.size());
      return taken;
    }
  }

  private Entry entryOf(List<Submission> taken) {
    return new Entry(clock.now(), salt.next(), salt.next(), commandsOf(taken));
  }

  private static List<Command> commandsOf(List<Submission> taken) {
    if (taken.size() == 1) {
      return taken.get(0).commands();
    }
    List<Command> commands = new ArrayList<>();
    for (Submission submission : taken) {
      commands.addAll(submission.commands());
    }
    return commands;
  }

  private void landed() {
    synchronized (lock) {
      inFlight--;
      wakeIfIdle();
    }
  }

  /** Sleeps until somebody hands something in, an entry has landed or something falls due. */
  private void rest() {
    long nanos;
    synchronized (lock) {
      boolean waitsForLog = inFlight >= log.maxInFlight();
      boolean leadersWork = !queue.isEmpty() || !reads.isEmpty();
      if (stopping || !staleReads.isEmpty() || (!waitsForLog && leadersWork)) {
        return;
      }
      idle = true;
      nanos = waitsForLog || inFlight > 0 || !leads ? NEVER : untilDue();
    }
    if (nanos > 0) {
      LockSupport.parkNanos(this, nanos);
    }
    synchronized (lock) {
      idle = false;
    }
  }

  private void wakeIfIdle() {
    if (idle) {
      idle = false;
      LockSupport.unpark(thread);
    }
  }

  private void failQueued(Failure why) {
    ArrayDeque<Submission> failed;
    List<Read> unread;
    synchronized (lock) {
      failed = queue;
      unread = reads;
      queue = new ArrayDeque<>();
      reads = new ArrayList<>();
      queued.set(staleReads.size());
    }
    failed.forEach(submission -> Batch.guarded(() -> submission.failed(why)));
    unread.forEach(read -> Batch.guarded(() -> read.failed(why)));
  }
}
