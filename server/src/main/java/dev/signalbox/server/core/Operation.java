package dev.signalbox.server.core;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a request asks for. Constructors check everything that can be judged without knowing any
 * state and throw {@link InvalidField}; what depends on state is refused by the machine.
 */
public sealed interface Operation {
  /** The most parts of an acquire, as in the model. */
  int MAX_PARTS = 64;

  /** The most items of a release. */
  int MAX_ITEMS = 256;

  /** Waits until it is granted, cancelled or refused. */
  long FOREVER = -1;

  /** Whether the operation means nothing without a session. */
  default boolean needsSession() {
    return false;
  }

  /**
   * Creates or opens (O1, O2). Answered by {@link Result.SemaphoreResult}.
   *
   * @param name the name (O3)
   * @param initialCount permits at birth, 0 to {@code maxCount}
   * @param config the configuration
   * @param ifExists what to do when the name exists with another configuration
   */
  record CreateSemaphore(String name, int initialCount, SemaphoreConfig config, IfExists ifExists)
      implements Operation {
    /** Checks O1 and O3. */
    public CreateSemaphore {
      Names.checkSemaphoreName("name", name);
      InvalidField.unless(config.maxCount() >= 1, "max_count", "must be at least 1");
      InvalidField.unless(
          initialCount >= 0 && initialCount <= config.maxCount(),
          "initial_count",
          "must be 0 to max_count");
      InvalidField.unless(
          initialCount == 1 || config.kind() != Kind.MUTEX,
          "initial_count",
          "must be 1 for a mutex: nobody owns it at birth");
    }
  }

  /**
   * Opens a name that must exist (O4). Answered by {@link Result.SemaphoreResult}.
   *
   * @param name the name
   * @param kind the kind it must have
   */
  record OpenSemaphore(String name, Kind kind) implements Operation {
    /** Checks the name. */
    public OpenSemaphore {
      Names.checkSemaphoreName("name", name);
    }
  }

  /**
   * Changes a semaphore (O6). Answered by {@link Result.SemaphoreResult}.
   *
   * @param name the name
   * @param maxCount the new target, 0 to 2^31-1; -1: as it is
   * @param refill the new refill, only where there is one; null: as it is
   * @param idleTtlMicros the new idle time, 0: never; -1: as it is
   */
  record UpdateSemaphore(String name, int maxCount, @Nullable Refill refill, long idleTtlMicros)
      implements Operation {
    /** Leaves a field as it is. */
    public static final int UNCHANGED = -1;

    /** Checks the ranges. */
    public UpdateSemaphore {
      Names.checkSemaphoreName("name", name);
      InvalidField.unless(maxCount >= UNCHANGED, "max_count", "must not be negative");
      if (idleTtlMicros != UNCHANGED) {
        SemaphoreConfig.checkIdleTtl(idleTtlMicros);
      }
    }
  }

  /**
   * Deletes a semaphore (O5). Answered by {@link Result.Done}.
   *
   * @param name the name
   * @param force although it has holders or waiters
   * @param kind the kind that it must have; null: whatever it is
   */
  record DeleteSemaphore(String name, boolean force, @Nullable Kind kind) implements Operation {
    /** Checks the name. */
    public DeleteSemaphore {
      Names.checkSemaphoreName("name", name);
    }

    /** Deletes it whatever it is. */
    public DeleteSemaphore(String name, boolean force) {
      this(name, force, null);
    }
  }

  /**
   * Resets an event (V4). Answered by {@link Result.Reset}.
   *
   * @param name the event's name
   */
  record ResetEvent(String name) implements Operation {
    /** Checks the name. */
    public ResetEvent {
      Names.checkSemaphoreName("name", name);
    }
  }

  /** How the parts of an acquire belong together. */
  enum Mode {
    /** Everything or nothing, in fair order (A4). */
    ALL_OF,
    /** The first listed part that can be served (A5). */
    ANY_OF,
    /** Everything or nothing; holds up nobody and may be passed over (A4). */
    OPPORTUNISTIC_ALL_OF
  }

  /**
   * One semaphore of an acquire.
   *
   * @param semaphore its name
   * @param permits how many, at least 1
   */
  record Part(String semaphore, int permits) {}

  /**
   * Acquires permits (A1 to A5, A9, A10). Answered by {@link Result.Granted} or {@link
   * Result.NotGranted}.
   *
   * @param parts 1 to {@value Operation#MAX_PARTS}, in one namespace, no name twice
   * @param mode how they belong together; of no meaning for one part
   * @param waitMicros 0: answer at once; {@link #FOREVER}; or a time up to 365 days
   * @param consume the permits are used up, not held
   * @param holdLimitMicros recover the permits after so long (A10), 1 ms to 365 days; 0: no limit
   */
  record Acquire(
      List<Part> parts, Mode mode, long waitMicros, boolean consume, long holdLimitMicros)
      implements Operation {
    private static final long MIN_HOLD_MICROS = 1_000L;

    /** Checks everything that needs no state. */
    public Acquire {
      parts = List.copyOf(parts);
      InvalidField.unless(
          !parts.isEmpty() && parts.size() <= MAX_PARTS, "parts", "must be 1 to " + MAX_PARTS);
      checkParts(parts);
      InvalidField.unless(
          waitMicros >= FOREVER && waitMicros <= SemaphoreConfig.MAX_MICROS,
          "wait_at_most",
          "must be 0 to 365 days");
      InvalidField.unless(
          holdLimitMicros == 0
              || (holdLimitMicros >= MIN_HOLD_MICROS
                  && holdLimitMicros <= SemaphoreConfig.MAX_MICROS),
          "hold_at_most",
          "must be 1 ms to 365 days");
    }

    /** What is used up at once or not at all is nobody's afterwards. */
    @Override
    public boolean needsSession() {
      return !consume || waitMicros != 0;
    }

    private static void checkParts(List<Part> parts) {
      Set<String> names = parts.size() > 1 ? new HashSet<>() : Set.of();
      for (int i = 0; i < parts.size(); i++) {
        try {
          check(parts.get(i));
          if (parts.size() > 1) {
            checkBesideOthers(parts.get(i).semaphore(), parts.get(0).semaphore(), names);
          }
        } catch (InvalidField e) {
          throw e.within("parts[" + i + "]");
        }
      }
    }

    private static void check(Part part) {
      Names.checkSemaphoreName("semaphore", part.semaphore());
      InvalidField.unless(part.permits() >= 1, "permits", "must be at least 1");
    }

    private static void checkBesideOthers(String name, String first, Set<String> names) {
      InvalidField.unless(names.add(name), "semaphore", "is named twice");
      InvalidField.unless(
          Names.sameNamespace(first, name),
          "semaphore",
          "lies in another namespace than the first");
    }
  }

  /** One item of a release. */
  sealed interface Item {}

  /**
   * {@code release(n)}: gives back what the session holds there, oldest grant first; the rest is a
   * signal (R1, R2, R5). Sets an event (V2).
   *
   * @param semaphore the semaphore's name
   * @param permits how many, at least 1; of an event exactly 1
   */
  record Signal(String semaphore, int permits) implements Item {}

  /**
   * Gives back a grant or a part of one (R4). Of tokens in credit only {@code permits} come back;
   * all of them at once are used up (K7).
   *
   * @param grant the grant
   * @param semaphore only what it holds of this one; null: everything, and then the rest must be
   *     empty
   * @param permits only so many; 0: all; highest slots first where they are numbered
   * @param slots only these slots; then {@code permits} must be 0
   */
  record GiveBack(GrantId grant, @Nullable String semaphore, int permits, List<Integer> slots)
      implements Item {
    /** Gives back all of a grant. */
    public GiveBack(GrantId grant) {
      this(grant, null, 0, List.of());
    }
  }

  /**
   * Releases and signals in one atomic step (R3). Answered by {@link Result.Released}.
   *
   * @param items 1 to {@value Operation#MAX_ITEMS}, applied in this order, their semaphores in one
   *     namespace
   * @param fulfilledWills last wills that it carries out: forgotten in the same step (L8)
   */
  record Release(List<Item> items, List<Long> fulfilledWills) implements Operation {
    /** Checks everything that needs no state. */
    public Release {
      items = List.copyOf(items);
      fulfilledWills = List.copyOf(fulfilledWills);
      InvalidField.unless(
          !items.isEmpty() && items.size() <= MAX_ITEMS, "items", "must be 1 to " + MAX_ITEMS);
      ItemChecks.check(items);
    }

    @Override
    public boolean needsSession() {
      return !fulfilledWills.isEmpty();
    }
  }

  /**
   * Releases and, if that was not refused, acquires, in one step (A6). Answered as the acquire,
   * with the release's results.
   *
   * @param release the release
   * @param acquire the acquire, in the same namespace
   */
  record ReleaseAndAcquire(Release release, Acquire acquire) implements Operation {
    /** Checks that both lie in one namespace, as far as their names tell (O3). */
    public ReleaseAndAcquire {
      String semaphore = acquire.parts().get(0).semaphore();
      ItemChecks.checkNamespaces(release.items(), "parts[0].semaphore", semaphore);
    }

    @Override
    public boolean needsSession() {
      return true;
    }
  }

  /**
   * Cancels an acquire of the same session (A7). Answered by {@link Result.Cancelled}.
   *
   * @param number the acquire's request number
   */
  record Cancel(long number) implements Operation {
    /** Checks the number. */
    public Cancel {
      InvalidField.unless(number >= 1, "number", "must be at least 1");
    }

    @Override
    public boolean needsSession() {
      return true;
    }
  }

  /**
   * Takes whatever is available now, as one grant (O7). Answered as an acquire.
   *
   * @param semaphore the semaphore's name
   * @param consume the permits are used up, not held
   */
  record Drain(String semaphore, boolean consume) implements Operation {
    /** Checks the name. */
    public Drain {
      Names.checkSemaphoreName("semaphore", semaphore);
    }

    @Override
    public boolean needsSession() {
      return true;
    }
  }

  /**
   * Takes what is available now, up to so many permits, as a credit that the client hands out by
   * itself; nothing while anybody waits (K1). Answered as an acquire that does not wait.
   *
   * @param semaphore the semaphore's name
   * @param upTo the most permits, at least 1
   */
  record TakeCredit(String semaphore, int upTo) implements Operation {
    /** Checks everything that needs no state. */
    public TakeCredit {
      Names.checkSemaphoreName("semaphore", semaphore);
      InvalidField.unless(upTo >= 1, "up_to", "must be at least 1");
    }

    @Override
    public boolean needsSession() {
      return true;
    }
  }

  /**
   * Leaves or replaces a last will (L8). Answered by {@link Result.Done}.
   *
   * @param will the client's number for it, at least 1
   * @param signals what to release when the session expires: 1 to {@value Operation#MAX_ITEMS}, in
   *     one namespace
   */
  record SetWill(long will, List<Signal> signals) implements Operation {
    /** Checks everything that needs no state. */
    public SetWill {
      signals = List.copyOf(signals);
      InvalidField.unless(will >= 1, "will", "must be at least 1");
      InvalidField.unless(
          !signals.isEmpty() && signals.size() <= MAX_ITEMS,
          "signals",
          "must be 1 to " + MAX_ITEMS);
      ItemChecks.checkSignals("signals", signals);
    }

    @Override
    public boolean needsSession() {
      return true;
    }
  }

  /**
   * Forgets a last will. Answered by {@link Result.Done}, also when there is none of that number.
   *
   * @param will its number
   */
  record ClearWill(long will) implements Operation {
    @Override
    public boolean needsSession() {
      return true;
    }
  }
}
