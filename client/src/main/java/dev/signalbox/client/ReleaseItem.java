package dev.signalbox.client;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * One item of an atomic release (R3): a permit, or a part of one, to give back; a mutex to release;
 * a signal, or an event to set.
 */
public sealed interface ReleaseItem {
  /** Gives back everything that the permit still holds (R4). */
  static ReleaseItem giveBack(Permit permit) {
    return new GiveBack(permit, "", 0, List.of());
  }

  /**
   * Gives back, by its {@link Permit#id}, a permit that was handed on from elsewhere (R4).
   *
   * @throws SignalboxException.InvalidArgument if it is no id of a permit
   */
  static ReleaseItem giveBack(String permitId) {
    return new HandedOn(permitId);
  }

  /** Gives back what the permit holds of one semaphore. */
  static ReleaseItem giveBack(Permit permit, String semaphore) {
    return new GiveBack(permit, semaphore, 0, List.of());
  }

  /** Gives back so many permits of one semaphore; of a numbered one the highest slots go first. */
  static ReleaseItem giveBack(Permit permit, String semaphore, int permits) {
    if (permits < 1) {
      throw new SignalboxException.InvalidArgument("permits", "must be at least 1");
    }
    return new GiveBack(permit, semaphore, permits, List.of());
  }

  /** Gives back these slots of a numbered semaphore. */
  static ReleaseItem giveBackSlots(Permit permit, String semaphore, int... slots) {
    if (slots.length == 0) {
      throw new SignalboxException.InvalidArgument("slots", "must name at least one slot");
    }
    return new GiveBack(permit, semaphore, 0, Arrays.stream(slots).boxed().toList());
  }

  /**
   * {@code release(n)} of the model: gives back what this session holds there, oldest grant first;
   * the rest is a signal (R1, R5).
   *
   * @throws SignalboxException.AccessDenied without {@link AccessRight#MODIFY_STATE} (X2)
   */
  static ReleaseItem signal(RemoteSemaphore semaphore, int permits) {
    return new Signal(semaphore, permits);
  }

  /** Releases a mutex that this session owns; refused if it does not (M4). */
  static ReleaseItem release(RemoteMutex mutex) {
    return new MutexRelease(mutex);
  }

  /** Sets an event (V2). One that is set already is no failure. */
  static Signal set(RemoteEvent event) {
    return new Signal(event, 1);
  }

  /**
   * See {@link #giveBack(Permit)} and its variants.
   *
   * @param permit what to give back
   * @param semaphore only what it holds of this one; empty: of every one
   * @param permits only so many; 0: all
   * @param slots only these; empty: no matter which
   */
  record GiveBack(Permit permit, String semaphore, int permits, List<Integer> slots)
      implements ReleaseItem {
    /** Checks for null. */
    public GiveBack {
      Objects.requireNonNull(permit);
      Objects.requireNonNull(semaphore);
      slots = List.copyOf(slots);
    }
  }

  /**
   * See {@link #giveBack(String)}.
   *
   * @param permitId 32 hexadecimal digits
   */
  record HandedOn(String permitId) implements ReleaseItem {
    /** Checks the form. */
    public HandedOn {
      if (!permitId.matches("[0-9a-f]{32}")) {
        throw new SignalboxException.InvalidArgument("permitId", "must be the id of a permit");
      }
    }
  }

  /**
   * See {@link #release}.
   *
   * @param mutex which
   */
  record MutexRelease(RemoteMutex mutex) implements ReleaseItem {
    /** Checks for null. */
    public MutexRelease {
      Objects.requireNonNull(mutex);
    }
  }

  /**
   * See {@link #signal} and {@link #set}.
   *
   * @param semaphore which semaphore, or which event
   * @param permits how many, at least 1; of an event 1
   */
  record Signal(RemoteObject semaphore, int permits) implements ReleaseItem {
    /**
     * Refuses a mutex, which can only be released, and checks the handle; the service judges the
     * number.
     *
     * @throws SignalboxException.AccessDenied without {@link AccessRight#MODIFY_STATE} (X2)
     */
    public Signal {
      Access.ensure(semaphore, AccessRight.MODIFY_STATE);
      if (semaphore instanceof RemoteMutex) {
        throw new SignalboxException.InvalidArgument("semaphore", "must not be a mutex");
      }
    }
  }
}
