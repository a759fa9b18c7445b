package dev.signalbox.systemtests.history;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a call asks for: to give back or to signal, to acquire, or both in one step (A6).
 *
 * @param gives the items of its release, in order; empty: it releases nothing
 * @param want what it acquires; null: nothing
 */
public record Ask(List<Give> gives, @Nullable Want want) {
  /** Copies the list. */
  public Ask {
    gives = List.copyOf(gives);
  }

  static Ask acquire(Want want) {
    return new Ask(List.of(), want);
  }

  static Ask release(Give... gives) {
    return new Ask(List.of(gives), null);
  }

  /**
   * One item of a release: either a whole grant or so many permits of a semaphore.
   *
   * @param grant the grant's id; null: it is a signal
   * @param semaphore the semaphore that is signalled; null: a grant is given back
   * @param permits how many are signalled; 0: a grant is given back
   */
  public record Give(@Nullable String grant, @Nullable String semaphore, int permits) {
    static Give back(String grant) {
      return new Give(grant, null, 0);
    }

    static Give signal(String semaphore, int permits) {
      return new Give(null, semaphore, permits);
    }
  }

  /** How the parts of an acquire belong together. */
  public enum Mode {
    /** All in one grant (A4); also an acquire of one part. */
    ALL_OF,
    /** The first that can be served (A5). */
    ANY_OF
  }

  /**
   * An acquire.
   *
   * @param mode how the parts belong together
   * @param parts of which semaphore how many
   * @param waitMillis how long it waits; null: for ever
   * @param consume whether the permits are used up rather than held (A9)
   */
  public record Want(Mode mode, List<Part> parts, @Nullable Long waitMillis, boolean consume) {
    /** Copies the list. */
    public Want {
      parts = List.copyOf(parts);
    }

    static Want of(String semaphore, int permits) {
      return new Want(Mode.ALL_OF, List.of(new Part(semaphore, permits)), null, false);
    }

    static Want one(Mode mode, String... semaphores) {
      List<Part> parts = Stream.of(semaphores).map(name -> new Part(name, 1)).toList();
      return new Want(mode, parts, null, false);
    }

    Want within(long millis) {
      return new Want(mode, parts, millis, consume);
    }

    Want consumed() {
      return new Want(mode, parts, waitMillis, true);
    }
  }

  /**
   * So many permits of one semaphore.
   *
   * @param semaphore its name
   * @param permits how many
   */
  public record Part(String semaphore, int permits) {}
}
