package dev.signalbox.server.replication;

import dev.signalbox.server.core.Command;
import dev.signalbox.server.core.Entry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts commands in order. Whoever hands something in while nothing is on its way takes the turn,
 * and sends it off as an entry, on his own thread: nobody has to be woken for it. Whatever is
 * handed in meanwhile is taken together into the next entry: batches grow with the load, and nobody
 * waits for one to fill up. The sequencer's own thread does what is left, and what nobody hands in:
 * when something falls due by log time and nobody writes, it writes an entry without commands.
 * Thread-safe.
 */
public final class Sequencer implements AutoCloseable {
  /** Entries that one who hands in sends off, his own and others', before he may go his way. */
  private static final int LONGEST_TURN = 4;

  private static final Logger LOG = LoggerFactory.getLogger(Sequencer.class);

  private final CommandLog log;
  private final LogClock clock;
  private final Salt salt = new Salt();
  private final List<Command> opening;
  private final int maxQueued;
  private final Executor turnOf;
  private final Replica replica;
  private final Thread thread = new Thread(this::run, "signalbox-sequencer");
  private final Turns turns;

  private final CountDownLatch started = new CountDownLatch(1);
  private volatile @Nullable IOException startProblem;
  private volatile @Nullable Throwable problem;
  private volatile Consumer<Boolean> role = leads -> {};

  /**
   * A sequencer that is not started yet.
   *
   * @param log where entries go; closed together with this
   * @param listener hears what is nobody's direct answer
   * @param opening what this node writes first whenever it begins to lead
   * @param maxQueued commands that may be queued before {@link #isFull} says so
   * @param nanoTime monotonic nanoseconds
   * @param turnOf runs the turn of whoever hands in, on his thread: at once, or as soon as he has
   *     handed in what he has
   */
  public Sequencer(
      CommandLog log,
      OutcomeListener listener,
      List<Command> opening,
      int maxQueued,
      LongSupplier nanoTime,
      Executor turnOf) {
    this.log = log;
    this.turnOf = turnOf;
    this.opening = List.copyOf(opening);
    this.maxQueued = maxQueued;
    this.clock = new LogClock(nanoTime, System.currentTimeMillis() * 1_000);
    this.replica = new Replica(listener, this);
    this.turns = new Turns(clock, log::maxInFlight, thread);
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
   * Hands in commands; they may be sent off on this thread before this returns, and with a log that
   * does so at once applied and answered, too. To be called with no lock held but the replica's.
   *
   * @return true: the submitter may hand in more at once; false: it waits until {@link
   *     Submission#taken}, or it has {@link Submission#failed}
   */
  public boolean submit(Submission submission) {
    Turns.Offer offer = turns.offer(submission, mayTakeTurn());
    if (offer == Turns.Offer.REFUSED) {
      submission.failed(refusal());
      return false;
    }
    if (offer == Turns.Offer.OWN_TURN) {
      turnOf.execute(this::haveTurn);
    }
    return !submission.waits();
  }

  /** Hands in a read; it is never run on this thread. */
  public void read(Read read) {
    if (!turns.offer(read)) {
      read.failed(refusal());
    }
  }

  /** Hands in a read that this node may answer by what it knows, whoever leads. */
  public void readStale(Read read) {
    if (!turns.offerStale(read)) {
      read.failed(Failure.STOPPING);
    }
  }

  /** So much is queued that a new request should rather be refused (Q3). */
  public boolean isFull() {
    return turns.size() >= maxQueued;
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
    return turns.untilDue();
  }

  /** Stops. What is still queued fails with {@link Failure#STOPPING}: it was not executed. */
  @Override
  public void close() {
    turns.stop();
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
    turns.deadline(deadline);
  }

  void lead(long lastTime, long deadline) {
    clock.continueFrom(lastTime);
    turns.deadline(deadline);
    turns.lead(Submission.unanswered(opening));
    role.accept(true);
  }

  void follow() {
    role.accept(false);
    turns.follow();
    failQueued(Failure.NOT_LEADER);
  }

  private Failure refusal() {
    return turns.isStopping() ? Failure.STOPPING : Failure.NOT_LEADER;
  }

  /**
   * Not from within the replica of the engine's log: the engine's locks come before that one, and
   * an entry that is sent off takes them. Nor if it would be long before the thread is free again.
   */
  private boolean mayTakeTurn() {
    return log.isPrompt() && !Thread.holdsLock(replica);
  }

  private void run() {
    try {
      log.start(replica);
      started.countDown();
      turns.ready();
      while (!turns.isStopping()) {
        if (turns.take()) {
          haveOwnTurn();
        }
      }
    } catch (IOException e) {
      startProblem = e;
    } finally {
      stop();
    }
    Throwable failed = problem;
    if (failed != null) {
      throw new IllegalStateException("an entry could not be sent off or applied", failed);
    }
  }

  private void stop() {
    turns.stop();
    turns.awaitLast();
    started.countDown();
    log.close();
    failQueued(Failure.STOPPING);
    turns.takeStaleReads().forEach(read -> Batch.guarded(() -> read.failed(Failure.STOPPING)));
  }

  /** What one who has handed in does with the turn. */
  private void haveTurn() {
    inTurn(() -> {
      for (int sent = 0; sent < LONGEST_TURN && log.isPrompt() && sendOff(); sent++) {}
    });
  }

  /** What the sequencer's thread does with it. */
  private void haveOwnTurn() {
    inTurn(() -> {
      serve(turns.takeStaleReads(), log::readStale);
      sendOff();
      serve(turns.takeReads(), log::read);
    });
  }

  /** Whatever fails here stops the sequencer, and nobody else. */
  private void inTurn(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | Error e) {
      problem = e;
      turns.stop();
    } finally {
      turns.giveUp();
    }
  }

  /** Sends off the next entry; false if there is none, or the log is busy. */
  private boolean sendOff() {
    List<Submission> taken = turns.takeEntry();
    if (taken == null) {
      return false;
    }
    for (Submission submission : taken) {
      Batch.guarded(submission::take);
    }
    send(new Batch(entryOf(taken), taken, turns::landed));
    return true;
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

  private static void serve(List<Read> reads, Consumer<List<Read>> by) {
    if (!reads.isEmpty()) {
      by.accept(reads);
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

  private void failQueued(Failure why) {
    Intake.Rest rest = turns.takeRest();
    rest.submissions().forEach(submission -> Batch.guarded(() -> submission.failed(why)));
    rest.reads().forEach(read -> Batch.guarded(() -> read.failed(why)));
  }
}
