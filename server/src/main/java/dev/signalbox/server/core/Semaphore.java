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

  /** Of an event: it stays set until it is reset, and taking takes nothing (V3). */
  final boolean manualReset;

  final @Nullable Slots slots;
  final @Nullable RefillClock refill;
  @Nullable IdleClock idle;
  int maxCount;
  int count;
  long debt;
  long held;

  /** Of a mutex: its last owner vanished, and the next one is to be told (M3). */
  boolean abandoned;

  /** Who holds and who waits; null as long as nobody ever did. */
  private @Nullable Crowd crowd;

  Semaphore(long id, String name, SemaphoreConfig config, int count, long now) {
    this.id = id;
    this.name = name;
    this.kind = config.kind();
    this.ownerOnly = config.ownerOnly();
    this.manualReset = config.manualReset();
    this.maxCount = config.maxCount();
    this.count = count;
    this.slots = config.numbered() ? new Slots() : null;
    this.refill = config.refill() == null ? null : new RefillClock(this, config.refill(), now);
    this.idle =
        config.idleTtlMicros() == 0 ? null : new IdleClock(this, config.idleTtlMicros(), now);
  }

  SemaphoreConfig config() {
    return new SemaphoreConfig(
        kind,
        maxCount,
        ownerOnly,
        slots != null,
        manualReset,
        refill == null ? null : refill.rate,
        idleTtl());
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
    if (!manualReset) {
      count -= permits;
    }
  }

  /** Whether its permits are used up by whoever gets them (Q1, V1). */
  boolean isAlwaysConsumed() {
    return refill != null || kind == Kind.EVENT;
  }

  /** Whether the last owner vanished; this is told but once (M3). */
  boolean takeAbandoned() {
    boolean wasAbandoned = abandoned;
    abandoned = false;
    return wasAbandoned;
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

  /**
   * Whether a signal of so many would lift the count above its maximum (R2). An event that is set
   * stays set (V2).
   */
  boolean wouldOverflow(int permits) {
    return kind != Kind.EVENT && count + Math.max(0, permits - debt) > maxCount;
  }

  /** Puts permits back: the debt first (O6), then the count, never above the maximum (L2). */
  void putBack(int permits) {
    long paid = Math.min(debt, permits);
    debt -= paid;
    count += (int) Math.min(permits - paid, maxCount - count);
    dropFractionIfFull();
  }

  /**
   * Puts back all that a grant held, where nobody says how much of it is unused: of a semaphore
   * that refills it counts as used up (K7).
   */
  void putBackWhole(int permits) {
    if (refill == null) {
      putBack(permits);
    }
  }

  /** Sets a new maximum (O6). Tokens in credit make no debt. */
  void resize(int newMax) {
    if (newMax > maxCount) {
      int more = newMax - maxCount;
      maxCount = newMax;
      putBack(more);
    } else {
      long held = refill == null ? this.held : 0;
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
