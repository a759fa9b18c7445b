package dev.signalbox.server.replication;

import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What was handed in, whose turn it is to send it off, and when the sequencer's own thread has to
 * wake up. One at a time has the turn. Thread-safe; nothing but these fields is touched under its
 * lock.
 */
final class Turns {
  /** What becomes of what is handed in. */
  enum Offer {
    /** Nothing: this node takes no commands. */
    REFUSED,
    /** Somebody else sends it off. */
    QUEUED,
    /** Whoever handed it in has the turn now. */
    OWN_TURN
  }

  private static final long NEVER = Long.MAX_VALUE;

  private final LogClock clock;
  private final IntSupplier maxInFlight;
  private final Thread thread;

  private volatile boolean stopping;
  private volatile long deadline = NEVER;

  // Guarded by this.
  private final Intake intake = new Intake();
  private int inFlight;
  private boolean ready;
  private boolean leads;

  /** Somebody has the turn. */
  private boolean taken;

  /** The thread sleeps, at most until then by log time. */
  private boolean idle;

  private long idleUntil;

  /**
   * Nothing handed in.
   *
   * @param maxInFlight asked from {@link #ready} on
   * @param thread the one that is woken when nobody else does what there is to do
   */
  Turns(LogClock clock, IntSupplier maxInFlight, Thread thread) {
    this.clock = clock;
    this.maxInFlight = maxInFlight;
    this.thread = thread;
  }

  /** Commands and reads that wait. */
  int size() {
    return intake.size();
  }

  boolean isStopping() {
    return stopping;
  }

  /** Nanoseconds until something falls due by log time: 0 or less if it has. */
  long untilDue() {
    long micros = deadline - clock.now();
    return micros > Long.MAX_VALUE / 1_000 ? NEVER : micros * 1_000;
  }

  /** The log time at which something falls due. */
  void deadline(long at) {
    deadline = at;
  }

  /** The log has started, and takes entries. */
  synchronized void ready() {
    ready = true;
  }

  /** From here on commands are taken, these first. */
  synchronized void lead(Submission opening) {
    leads = true;
    intake.add(opening);
    wakeIfDue();
  }

  /** From here on none are taken. */
  synchronized void follow() {
    leads = false;
  }

  /**
   * Hands in commands. Whoever does so has the turn if nothing else is under way.
   *
   * @param mayTakeTurn whether this thread may send off
   */
  synchronized Offer offer(Submission submission, boolean mayTakeTurn) {
    if (!leads || stopping) {
      return Offer.REFUSED;
    }
    intake.add(submission);
    if (mayTakeTurn && ready && !taken && inFlight == 0 && !intake.hasReads()) {
      taken = true;
      return Offer.OWN_TURN;
    }
    wakeIfDue();
    return Offer.QUEUED;
  }

  /** Hands in a read; false if this node serves none. */
  synchronized boolean offer(Read read) {
    boolean serves = leads && !stopping;
    if (serves) {
      intake.add(read);
      wakeIfDue();
    }
    return serves;
  }

  /** Likewise for a read that whoever is not about to stop serves. */
  synchronized boolean offerStale(Read read) {
    if (!stopping) {
      intake.addStale(read);
      wakeIfDue();
    }
    return !stopping;
  }

  /**
   * What goes into the next entry, which counts as sent; null: there is none, or the log is busy.
   */
  synchronized @Nullable List<Submission> takeEntry() {
    if (stopping || !leads || !hasRoom() || !(intake.hasSubmissions() || isDue())) {
      return null;
    }
    inFlight++;
    return intake.takeEntry();
  }

  /** An entry is no longer on its way. */
  synchronized void landed() {
    inFlight--;
    wakeIfDue();
  }

  /** The reads that the log can serve now. */
  synchronized List<Read> takeReads() {
    return hasRoom() ? intake.takeReads() : List.of();
  }

  synchronized List<Read> takeStaleReads() {
    return intake.takeStaleReads();
  }

  /** Takes out all that waits for its turn, as it will not come. */
  synchronized Intake.Rest takeRest() {
    return intake.takeRest();
  }

  /**
   * Takes the turn for the sequencer's thread, which this is, or lets it sleep until there is
   * something to do.
   *
   * @return false: it slept, and should try again
   */
  boolean take() {
    long nanos;
    synchronized (this) {
      if (stopping || (!taken && hasWork())) {
        taken |= !stopping;
        return !stopping;
      }
      idle = true;
      idleUntil = leads && inFlight == 0 && !taken ? deadline : NEVER;
      nanos = idleUntil == NEVER ? NEVER : untilDue();
    }
    if (nanos > 0) {
      LockSupport.parkNanos(this, nanos);
    }
    synchronized (this) {
      idle = false;
    }
    return false;
  }

  /** Lets the next one have the turn. */
  synchronized void giveUp() {
    taken = false;
    notifyAll();
    wakeIfDue();
  }

  /** Nobody takes the turn any more. */
  void stop() {
    stopping = true;
    LockSupport.unpark(thread);
  }

  /** Waits until nobody has the turn. To be called after {@link #stop}. */
  synchronized void awaitLast() {
    boolean interrupted = false;
    while (taken) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean hasWork() {
    return intake.hasStaleReads()
        || (ready && hasRoom() && (intake.hasSubmissions() || intake.hasReads() || isDue()));
  }

  private boolean hasRoom() {
    return inFlight < maxInFlight.getAsInt();
  }

  private boolean isDue() {
    return leads && inFlight == 0 && deadline <= clock.now();
  }

  /** Wakes the thread if there is something for it, or will be before it looks by itself. */
  private void wakeIfDue() {
    if (idle && !taken && (hasWork() || (leads && inFlight == 0 && deadline < idleUntil))) {
      idle = false;
      LockSupport.unpark(thread);
    }
  }
}
