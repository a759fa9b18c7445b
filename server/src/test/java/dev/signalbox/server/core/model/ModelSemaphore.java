package dev.signalbox.server.core.model;

import dev.signalbox.server.core.Kind;
import dev.signalbox.server.core.Refill;
import dev.signalbox.server.core.SemaphoreConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A semaphore by itself: its counts, and the permits that come back by the clock. */
final class ModelSemaphore {
  final String name;
  final long age;
  SemaphoreConfig config;
  int count;
  long debt;

  /** Gathered by a refill since the last permit came, in permits times microseconds per period. */
  long gathered;

  /** The time up to which {@link #gathered} is right. */
  long gatheredAt;

  /** The last moment at which there was a request, a holder or a waiter (O5). */
  long lastActive;

  /** How often each slot was granted (A8). */
  final Map<Integer, Long> epochs = new TreeMap<>();

  /** The sessions that hold here, in the order in which they came to. */
  final List<ModelSession> holders = new ArrayList<>();

  /** Of a mutex: its last owner vanished, and nobody was told yet (M3). */
  boolean abandoned;

  /** It was full at birth, and permits have only been held and given back ever since (R6). */
  boolean neverSignalled;

  ModelSemaphore(String name, long age, SemaphoreConfig config, int count, long now) {
    this.name = name;
    this.age = age;
    this.config = config;
    this.count = count;
    gatheredAt = now;
    neverSignalled = count == config.maxCount() && !isUsedUp();
  }

  boolean isEvent() {
    return config.kind() == Kind.EVENT;
  }

  /** Whether nobody ever holds anything of it (Q1, V1). */
  boolean isUsedUp() {
    return isEvent() || refills();
  }

  int max() {
    return config.maxCount();
  }

  boolean refills() {
    return config.refill() != null;
  }

  /** The debt is paid first; what would exceed max_count is dropped (O6, L2). */
  void put(int permits, long now) {
    gatherUntil(now);
    int paid = (int) Math.min(permits, debt);
    debt -= paid;
    count = (int) Math.min(max(), (long) count + permits - paid);
    forgetFractionIfFull();
  }

  void take(int permits, long now) {
    gatherUntil(now);
    count -= config.manualReset() ? 0 : permits;
  }

  /** O6. */
  void resize(int target, long held, long now) {
    gatherUntil(now);
    int growth = target - max();
    if (growth >= 0) {
      int paid = (int) Math.min(debt, growth);
      debt -= paid;
      count += growth - paid;
    } else {
      count = (int) Math.min(count, Math.max(0, target - held));
      debt = Math.max(0, held - target);
    }
    reconfigure(target, config.refill(), config.idleTtlMicros());
    forgetFractionIfFull();
  }

  void changeRefill(Refill refill, long now) {
    gatherUntil(now);
    gathered = 0;
    reconfigure(max(), refill, config.idleTtlMicros());
  }

  void changeIdleTtl(long micros) {
    reconfigure(max(), config.refill(), micros);
  }

  private void reconfigure(int max, @Nullable Refill refill, long idleTtl) {
    config =
        new SemaphoreConfig(
            config.kind(),
            max,
            config.ownerOnly(),
            config.numbered(),
            config.manualReset(),
            refill,
            idleTtl);
  }

  /** When the next permit comes back by itself; never if it is full. */
  long nextPermitAt() {
    Refill refill = config.refill();
    if (refill == null || count >= max()) {
      return Long.MAX_VALUE;
    }
    long missing = Math.max(0, refill.periodMicros() - gathered);
    return gatheredAt + ceilDiv(missing, refill.permits());
  }

  /** One permit comes back (Q1). */
  void refillOne(long now) {
    gatherUntil(now);
    Refill refill = config.refill();
    gathered -= refill == null ? 0 : refill.periodMicros();
    count++;
    forgetFractionIfFull();
  }

  /** What the count would be at a later time if nothing but refilling happened until then. */
  int countAt(long time) {
    ModelSemaphore copy = new ModelSemaphore(name, age, config, count, gatheredAt);
    copy.gathered = gathered;
    for (long at = copy.nextPermitAt(); at <= time; at = copy.nextPermitAt()) {
      copy.refillOne(at);
    }
    return copy.count;
  }

  /** Only ever called with a time up to {@link #nextPermitAt}. */
  private void gatherUntil(long now) {
    Refill refill = config.refill();
    if (refill != null && count < max()) {
      gathered += refill.permits() * (now - gatheredAt);
    }
    gatheredAt = now;
  }

  private void forgetFractionIfFull() {
    if (count >= max()) {
      gathered = 0;
    }
  }

  /** Something that puts the counts back to what they are now. */
  Runnable undo() {
    int oldCount = count;
    long oldDebt = debt;
    long oldGathered = gathered;
    long oldGatheredAt = gatheredAt;
    boolean wasNeverSignalled = neverSignalled;
    List<ModelSession> oldHolders = List.copyOf(holders);
    return () -> {
      count = oldCount;
      debt = oldDebt;
      gathered = oldGathered;
      gatheredAt = oldGatheredAt;
      neverSignalled = wasNeverSignalled;
      holders.clear();
      holders.addAll(oldHolders);
    };
  }

  private static long ceilDiv(long a, long b) {
    return -Math.floorDiv(-a, b);
  }
}
