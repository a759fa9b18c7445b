package dev.signalbox.server.ratelimit;

import dev.signalbox.server.core.IfExists;
import dev.signalbox.server.core.Operation;
import org.jspecify.annotations.Nullable;

/** A semaphore that a request asks for, and what has become of that. Not thread-safe. */
final class Bucket {
  final String name;
  final Limit limit;

  /** Of a rule in shadow mode: what it would have refused. */
  final @Nullable Tally shadow;

  private long hits;

  /** What was there just before the request. */
  int count;

  /** The hits were taken. */
  boolean granted;

  Bucket(String name, Limit limit, @Nullable Tally shadow) {
    this.name = name;
    this.limit = limit;
    this.shadow = shadow;
  }

  /** Adds hits: descriptors that are the same share a bucket. */
  void add(long more) {
    hits = hits > Long.MAX_VALUE - more ? Long.MAX_VALUE : hits + more;
  }

  /** Whether it only looks: what it takes for that goes back. */
  boolean looks() {
    return hits == 0;
  }

  boolean canEverPass() {
    return hits <= limit.burst();
  }

  /** What must be there; one even for a mere look. */
  private long needed() {
    return Math.max(1, hits);
  }

  /** How much more must come. Positive: it is over its limit. */
  long missing() {
    return needed() - count;
  }

  Operation create() {
    return new Operation.CreateSemaphore(name, limit.burst(), limit.config(), IfExists.UPDATE);
  }

  Operation.Part part() {
    return new Operation.Part(name, (int) needed());
  }

  Verdict.Status status(boolean over) {
    int left = granted ? (int) (count - hits) : Math.max(0, count);
    long retry =
        !over
            ? 0
            : canEverPass() ? limit.microsFor((int) Math.max(1, missing())) : Verdict.Status.NEVER;
    return new Verdict.Status(
        over, limit, left, limit.microsFor(Math.max(0, limit.burst() - left)), retry);
  }
}
