package dev.signalbox.cli.run;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Decides when a command that runs under permits must be stopped (L4). Everything happens on the
 * thread of the alarms, but {@link #hasStopped}.
 *
 * <p>After half of a lease without an answer it is known how much time is left until the permits
 * count as lost. At half of that time the command is told to end, so that it can leave things in
 * order; when an eighth is left it is killed, which takes effect within that eighth. Should the
 * service answer before the command was told anything, nothing happens. Permits that are gone
 * already, because somebody took them away, leave nothing to be in time for: the command has a
 * grace to end in. But if this very process had stood still meanwhile, its command runs on borrowed
 * time for an unknown while already, and is killed.
 */
final class Guard {
  private enum State {
    CALM,
    WARNED,
    STOPPING,
    OVER
  }

  private static final Alarms.Cancellable NONE = () -> {};

  private final Alarms alarms;
  private final Stoppable command;
  private final Duration grace;
  private final Duration pulse;
  private final BooleanSupplier held;
  private final Consumer<String> say;
  private volatile State state = State.CALM;
  private boolean lost;
  private long lastPulse;
  private Alarms.Cancellable termination = NONE;
  private Alarms.Cancellable killing = NONE;
  private Alarms.Cancellable beat = NONE;

  /**
   * A guard that is not on duty yet.
   *
   * @param lease of the session that holds the permits
   * @param grace between being told to end and being killed, where the permits are gone already
   * @param held whether the permits are held, by the clock
   * @param say tells people
   */
  Guard(
      Alarms alarms,
      Stoppable command,
      Duration lease,
      Duration grace,
      BooleanSupplier held,
      Consumer<String> say) {
    this.alarms = alarms;
    this.command = command;
    this.grace = grace;
    this.held = held;
    this.say = say;
    pulse = lease.dividedBy(10);
  }

  /** The command runs since this time of the alarms' clock. */
  void begin(long startedAt) {
    lastPulse = startedAt;
    beat();
  }

  /** Looks whether this process has stood still, and if so whether that was for too long. */
  private void beat() {
    boolean late = stoodStill();
    lastPulse = alarms.nanoTime();
    if (late && !held.getAsBoolean()) {
      killAsTooLate();
    } else if (state != State.OVER) {
      beat = alarms.after(pulse, this::beat);
    }
  }

  private boolean stoodStill() {
    return alarms.nanoTime() - lastPulse > pulse.multipliedBy(3).toNanos();
  }

  /** Half of the lease has passed without an answer. */
  void jeopardy(Duration remaining) {
    if (state != State.CALM) {
      return;
    }
    state = State.WARNED;
    Duration untilTold = remaining.dividedBy(2);
    Duration untilKilled = remaining.multipliedBy(7).dividedBy(8);
    termination = alarms.after(untilTold, this::runsOut);
    killing = alarms.after(untilKilled, this::kill);
    say.accept(
        "no answer from the service; unless there is one the command is told to end in "
            + seconds(untilTold)
            + " and killed in "
            + seconds(untilKilled));
  }

  private static String seconds(Duration time) {
    return time.toMillis() / 1000.0 + " s";
  }

  private void runsOut() {
    state = State.STOPPING;
    say.accept("the lease runs out; the command is told to end");
    command.terminate();
  }

  private void kill() {
    state = State.STOPPING;
    say.accept("the command is killed");
    command.kill();
  }

  /** The service has answered again, in time. */
  void resumed() {
    if (state == State.WARNED) {
      cancelAlarms();
      state = State.CALM;
      say.accept("the service answers again; the command goes on");
    } else if (state == State.STOPPING && !lost) {
      cancelAlarms();
      killing = alarms.after(grace, this::kill);
    }
  }

  /** The permits are no longer held. */
  void lost(String reason) {
    if (state == State.OVER || lost) {
      return;
    }
    if (state != State.CALM || stoodStill()) {
      killAsTooLate();
      return;
    }
    lost = true;
    state = State.STOPPING;
    say.accept("the permits are gone (" + reason + "); the command is told to end");
    command.terminate();
    killing = alarms.after(grace, this::kill);
  }

  private void killAsTooLate() {
    if (state != State.OVER) {
      lost = true;
      cancelAlarms();
      say.accept("the permits are lost");
      kill();
    }
  }

  /** The command is stopping, or has been stopped, because of its permits. Any thread. */
  boolean hasStopped() {
    return state == State.STOPPING;
  }

  /** The command has ended, and whatever it left behind. */
  void end() {
    state = State.OVER;
    cancelAlarms();
    beat.cancel();
  }

  private void cancelAlarms() {
    termination.cancel();
    killing.cancel();
  }
}
