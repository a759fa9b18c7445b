package dev.signalbox.systemtests.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A node answered a call as only a leader may.
 *
 * @param node which one
 * @param begun when it was called, in nanoseconds
 * @param ended when it answered
 * @param what it was asked
 */
record Claim(String node, long begun, long ended, String what) {
  /** No election is over sooner, so nobody loses the lead and has it back within this time. */
  private static final long SHORTEST_REIGN = Duration.ofMillis(400).toNanos();

  /**
   * The claims that cannot be true: they were made from their begin to their end between two claims
   * of another node, which follow each other so closely that it cannot have lost the lead and won
   * it back.
   */
  static List<Claim> contradicted(List<Claim> claims) {
    List<Claim> contradicted = new ArrayList<>();
    for (String node : claims.stream().map(Claim::node).distinct().toList()) {
      List<Claim> own =
          claims.stream()
              .filter(claim -> claim.node.equals(node))
              .sorted(Comparator.comparingLong(Claim::ended))
              .toList();
      claims.stream()
          .filter(claim -> !claim.node.equals(node) && claim.liesWithinReignOf(own))
          .forEach(contradicted::add);
    }
    return contradicted;
  }

  private boolean liesWithinReignOf(List<Claim> others) {
    long before = Long.MIN_VALUE;
    long after = Long.MAX_VALUE;
    for (Claim other : others) {
      if (other.ended < begun) {
        before = Math.max(before, other.begun);
      }
      if (other.begun > ended) {
        after = Math.min(after, other.ended);
      }
    }
    return before != Long.MIN_VALUE && after != Long.MAX_VALUE && after - before < SHORTEST_REIGN;
  }
}
