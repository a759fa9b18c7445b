package dev.signalbox.server.core;

import org.jspecify.annotations.Nullable;

/**
 * One semaphore: its counts, its queues, and who holds. Knows the arithmetic of permits and nothing
 * else.
 */
final class Semaphore {
  /** Its place in the order of creation. */
  final long id;

  final String name;
  final Kind kind;
  final boolean ownerOnly;
  final @Nullable Slots slots;
  final @Nullable RefillClock refill;
  @Nullable IdleClock idle;
  int maxCount;
  int count;
  long debt;
  long held;

  /** Who holds and who waits; null as long as nobody ever did. */
  private @Nullable Crowd crowd;

  Semaphore(long id, String name, SemaphoreConfig config, int count, long now) {
    this.id = id;
    this.name = name;
    this.kind = config.kind();
    this.ownerOnly = config.ownerOnly();
    this.maxCount = config.maxCount();
    this.count = count;
    this.slots = config.numbered() ? new Slots() : null;
    this.refill = config.refill() == null ? null : new RefillClock(this, config.refill(), now);
    this.idle =
        config.idleTtlMicros() == 0 ? null : new IdleClock(this, config.idleTtlMicros(), now);
  }

  SemaphoreConfig config() {
    return new SemaphoreConfig(
        kind, maxCount, ownerOnly, slots != null, refill == null ? null : refill.rate, idleTtl());
  }

  /** Who holds and who waits. */
  Crowd crowd() {
    if (crowd == null) {
      crowd = new Crowd();
    }
    return crowd;
  }

  @Nullable Crowd crowdIfAny() {
    return crowd;
  }

  /** When the first fair waiter arrived; {@link Long#MAX_VALUE} if none waits. */
  long firstFairArrival() {
    Ticket first = crowd == null ? null : crowd.fair.first();
    return first == null ? Long.MAX_VALUE : first.waiter.arrival;
  }

  int waiting() {
    return crowd == null ? 0 : crowd.fair.size() + crowd.opportunistic.size();
  }

  /** Takes permits that are there. */
  void take(int permits, long now) {
    if (refill != null) {
      refill.settle(now);
    }
    count -= permits;
  }

  boolean isInUse() {
    return held > 0 || waiting() > 0;
  }

  /** Brings the count up to the time and notes the use. */
  void touch(long now) {
    if (refill != null) {
      refill.settle(now);
    }
    if (idle != null) {
      idle.lastUsed = now;
    }
  }

  long idleTtl() {
    return idle == null ? 0 : idle.ttl;
  }

  int countAt(long now) {
    return refill == null ? count : refill.countAt(now);
  }

  /** Whether a signal of so many would lift the count above its maximum (R2). */
  boolean wouldOverflow(int permits) {
    return count + Math.max(0, permits - debt) > maxCount;
  }

  /** Puts permits back: the debt first (O6), then the count, never above the maximum (L2). */
  void putBack(int permits) {
    long paid = Math.min(debt, permits);
    debt -= paid;
    count += (int) Math.min(permits - paid, maxCount - count);
    dropFractionIfFull();
  }

  /** Sets a new maximum (O6). */
  void resize(int newMax) {
    if (newMax > maxCount) {
      int more = newMax - maxCount;
      maxCount = newMax;
      putBack(more);
    } else {
      long excess = Math.max(0, held + count - newMax);
      int taken = (int) Math.min(count, excess);
      maxCount = newMax;
      count -= taken;
      debt = excess - taken;
      dropFractionIfFull();
    }
  }

  private void dropFractionIfFull() {
    if (refill != null && count == maxCount) {
      refill.fraction = 0;
    }
  }
}
