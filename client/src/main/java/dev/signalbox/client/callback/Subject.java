package dev.signalbox.client.callback;

import org.jspecify.annotations.Nullable;

/**
 * What callbacks are runs of: a work object, a wait object, or one callback submitted by itself to
 * a group. Keeps its own roll and the group's.
 */
final class Subject {
  private final @Nullable Roll group;
  private final Runnable onCancel;
  private final Roll runs = new Roll();

  /**
   * A subject without runs.
   *
   * @param group the roll of its cleanup group; null: it has none
   * @param onCancel what its group calls when it cancels something pending of it
   */
  Subject(@Nullable Roll group, Runnable onCancel) {
    this.group = group;
    this.onCancel = onCancel;
  }

  /** The runs that are queued or run and have not dissociated themselves. */
  Roll runs() {
    return runs;
  }

  Runnable onCancel() {
    return onCancel;
  }

  /** Whether its group takes no more members. */
  boolean isClosed() {
    return group != null && group.isClosed();
  }

  /** A run becomes a member of the group; false if the group is closed. */
  boolean enter(SubmittedCallback run) {
    return group == null || group.add(run);
  }

  /** A run is queued. */
  boolean queued(SubmittedCallback run) {
    return runs.add(run);
  }

  /** A run dissociates itself from this object, but not from the group (C7). */
  void disassociated(SubmittedCallback run) {
    runs.remove(run);
  }

  /** A run is complete, or never will run. */
  void ended(SubmittedCallback run) {
    runs.remove(run);
    if (group != null) {
      group.remove(run);
    }
  }
}
