package dev.signalbox.server.replication;

import dev.signalbox.server.core.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A log whose entries are applied when the test says so, on the test's thread. */
public final class ManualLog implements CommandLog {
  private final BlockingQueue<Batch> submitted = new LinkedBlockingQueue<>();
  private final List<Entry> before = new ArrayList<>();
  private volatile @Nullable Replica replica;
  private volatile Runnable onSubmit = () -> {};
  private volatile @Nullable Member leader;
  private volatile boolean broken;
  private volatile boolean deposed;
  private volatile boolean slow;

  @Override
  public int maxInFlight() {
    return 1;
  }

  @Override
  public void start(Replica started) {
    before.forEach(entry -> started.apply(entry, null));
    replica = started;
  }

  @Override
  public void submit(Batch batch) {
    if (broken) {
      throw new IllegalStateException("broken by the test");
    }
    onSubmit.run();
    submitted.add(batch);
  }

  @Override
  public boolean isPrompt() {
    return !slow;
  }

  @Override
  public void read(List<Read> reads) {
    replica().serve(reads);
  }

  @Override
  public void readStale(List<Read> reads) {
    replica().serve(reads);
  }

  @Override
  public void confirmLeadership(Runnable confirmed, Runnable denied) {
    (deposed ? denied : confirmed).run();
  }

  @Override
  public Cluster cluster() {
    return new FollowedLeader("n1", () -> leader);
  }

  @Override
  public void close() {}

  /** Who leads, as this node believes. */
  public void leader(Member member) {
    leader = member;
  }

  public void replicaApplies(Entry entry) {
    before.add(entry);
  }

  public void lead() {
    replica().lead();
  }

  public void follow() {
    replica().follow();
  }

  /** From here on another node leads, although this one does not know yet. */
  public void depose() {
    deposed = true;
  }

  /** From here on a thread that submits may be kept for long. */
  public void slowDown() {
    slow = true;
  }

  public void takeBatchesNoMore() {
    broken = true;
  }

  /** Runs something as if the engine did, in the replica's turn. */
  public void inReplica(Runnable work) {
    Replica entered = replica();
    synchronized (entered) {
      work.run();
    }
  }

  /** Runs something whenever a batch is submitted, on the thread that does so. */
  public void whenSubmitted(Runnable hook) {
    onSubmit = hook;
  }

  public boolean isEmpty() {
    return submitted.isEmpty();
  }

  public Batch take() {
    try {
      return Objects.requireNonNull(submitted.poll(20, TimeUnit.SECONDS), "no entry came");
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  public void apply(Batch batch) {
    replica().apply(batch.entry(), batch);
  }

  private Replica replica() {
    return Objects.requireNonNull(replica);
  }
}
