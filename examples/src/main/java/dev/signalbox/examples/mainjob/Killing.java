package dev.signalbox.examples.mainjob;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The one SIGKILL of a run, and what followed. */
final class Killing {
  /** How much longer than promised a recovery is waited for. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Duration limit;
  private @Nullable WorkerProcess victim;
  private long held;
  private long nanos;
  private Evidence.Kill kill = new Evidence.Kill("", 0, 0);
  private Optional<Duration> seenDead = Optional.empty();
  private @Nullable Duration recovery;

  /** A killing whose permits are to be back within a limit. */
  Killing(Duration limit) {
    this.limit = limit;
  }

  /** Kills a worker that holds permits at this moment. */
  void kill(WorkerProcess worker, Look look) {
    victim = worker;
    held = look.heldBy(worker.name());
    nanos = System.nanoTime();
    long begun = WallClock.micros();
    worker.kill();
    kill = new Evidence.Kill(worker.name(), begun, WallClock.micros());
  }

  /** Its process was seen dead. */
  void sawDead() {
    seenDead = Optional.of(sinceTheKill());
  }

  /** Looks whether its permits are back. True once: the first time that they are. */
  boolean isRecoveredNow(Look look) {
    if (!isOpen() || look.heldBy(victimName()) > 0) {
      return false;
    }
    recovery = sinceTheKill();
    return true;
  }

  /** Killed, and the permits neither back nor given up for lost. */
  boolean isOpen() {
    boolean waiting = victim != null && recovery == null;
    return waiting && sinceTheKill().compareTo(limit.plus(PATIENCE)) < 0;
  }

  private Duration sinceTheKill() {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }

  Optional<WorkerProcess> victim() {
    return Optional.ofNullable(victim);
  }

  String victimName() {
    return kill.worker();
  }

  /** Permits that it held when it was killed, by the service's word. */
  long held() {
    return held;
  }

  /** The kill, for whoever holds it against the intervals. */
  Evidence.Kill kill() {
    return kill;
  }

  /** From the kill to the moment at which the process was seen dead. */
  Optional<Duration> seenDead() {
    return seenDead;
  }

  /** The promise. */
  Duration limit() {
    return limit;
  }

  /** From the kill to the first look at the service that showed its permits back. */
  Optional<Duration> recovery() {
    return Optional.ofNullable(recovery);
  }
}
