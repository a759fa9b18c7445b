package dev.signalbox.server.replication;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** What was handed in and is not on its way yet. Not thread-safe, but for {@link #size}. */
final class Intake {
  /** Commands after which no further submission is added to an entry. */
  private static final int ENTRY_COMMANDS = 8_192;

  /** Bytes after which no further submission is added to an entry. */
  private static final long ENTRY_BYTES = 1 << 20;

  /** Commands in the queue from which on submitters are told to wait for their turn. */
  private static final int SOFT_LIMIT = 2 * ENTRY_COMMANDS;

  private final AtomicInteger size = new AtomicInteger();
  private final ArrayDeque<Submission> submissions = new ArrayDeque<>();
  private List<Read> reads = new ArrayList<>();
  private List<Read> staleReads = new ArrayList<>();

  /** Commands and reads. Any thread. */
  int size() {
    return size.get();
  }

  /** Adds commands, and tells them to wait if there are many already. */
  void add(Submission submission) {
    if (size.addAndGet(weight(submission)) > SOFT_LIMIT) {
      submission.waitForTurn();
    }
    submissions.add(submission);
  }

  void add(Read read) {
    size.incrementAndGet();
    reads.add(read);
  }

  void addStale(Read read) {
    size.incrementAndGet();
    staleReads.add(read);
  }

  boolean hasSubmissions() {
    return !submissions.isEmpty();
  }

  boolean hasReads() {
    return !reads.isEmpty();
  }

  boolean hasStaleReads() {
    return !staleReads.isEmpty();
  }

  /** Takes as many from the front as make one entry. */
  List<Submission> takeEntry() {
    if (submissions.isEmpty()) {
      return List.of();
    }
    List<Submission> taken = new ArrayList<>();
    int commands = 0;
    long bytes = 0;
    while (commands < ENTRY_COMMANDS && bytes < ENTRY_BYTES && !submissions.isEmpty()) {
      Submission next = submissions.remove();
      commands += weight(next);
      bytes += next.bytes();
      taken.add(next);
    }
    size.addAndGet(-commands);
    return taken;
  }

  /** Takes all but the stale reads. */
  Rest takeRest() {
    List<Submission> taken = new ArrayList<>(submissions);
    submissions.clear();
    taken.forEach(submission -> size.addAndGet(-weight(submission)));
    return new Rest(taken, takeReads());
  }

  List<Read> takeReads() {
    List<Read> taken = reads;
    if (!taken.isEmpty()) {
      reads = new ArrayList<>();
      size.addAndGet(-taken.size());
    }
    return taken;
  }

  List<Read> takeStaleReads() {
    List<Read> taken = staleReads;
    if (!taken.isEmpty()) {
      staleReads = new ArrayList<>();
      size.addAndGet(-taken.size());
    }
    return taken;
  }

  /** What nobody will send off. */
  record Rest(List<Submission> submissions, List<Read> reads) {}

  private static int weight(Submission submission) {
    return Math.max(1, submission.commands().size());
  }
}
