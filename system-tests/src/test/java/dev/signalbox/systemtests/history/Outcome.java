package dev.signalbox.systemtests.history;

import dev.signalbox.client.GrantedPart;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a call was told.
 *
 * @param verdict what may be concluded from it
 * @param reason why it did not succeed, a stable word; null if it did
 * @param gave what became of each item of its release; empty unless {@link Verdict#OK}
 * @param got what its acquire got; null: nothing, as its time ran out or it was no acquire
 */
public record Outcome(
    Verdict verdict, @Nullable String reason, List<Gave> gave, @Nullable Got got) {
  /** Copies the list. */
  public Outcome {
    gave = List.copyOf(gave);
  }

  /** What the caller may conclude. */
  public enum Verdict {
    /** It was carried out as said. */
    OK,
    /** It is certainly not in effect. */
    NOT_DONE,
    /** It was carried out at some time after it was called, or will be, or never. */
    UNKNOWN
  }

  static Outcome ok(List<Gave> gave, @Nullable Got got) {
    return new Outcome(Verdict.OK, null, gave, got);
  }

  static Outcome notDone(String reason) {
    return new Outcome(Verdict.NOT_DONE, reason, List.of(), null);
  }

  static Outcome unknown(String reason) {
    return new Outcome(Verdict.UNKNOWN, reason, List.of(), null);
  }

  boolean isOk() {
    return verdict == Verdict.OK;
  }

  boolean isUnknown() {
    return verdict == Verdict.UNKNOWN;
  }

  /**
   * What became of one item of a release.
   *
   * @param released false: it was no longer held, and nothing changed (R4)
   * @param notHeldBecause why, where that was said
   * @param previous the counts before (R1)
   */
  public record Gave(boolean released, @Nullable String notHeldBecause, List<Integer> previous) {
    /** Copies the list. */
    public Gave {
      previous = List.copyOf(previous);
    }
  }

  /**
   * A grant.
   *
   * @param grant its id; empty if everything was consumed
   * @param parts its permits
   */
  public record Got(String grant, List<GrantedPart> parts) {
    /** Copies the list. */
    public Got {
      parts = List.copyOf(parts);
    }
  }
}
