package dev.signalbox.systemtests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClaimTest {
  @Test
  void claimWithinAnothersReign_isContradicted() {
    Claim stale = claim("n1", 120, 130);
    assertThat(Claim.contradicted(List.of(claim("n2", 100, 110), stale, claim("n2", 140, 150))))
        .containsExactly(stale);
  }

  @Test
  void claimThatMayPrecedeAnothersReign_isNot() {
    assertThat(
            Claim.contradicted(
                List.of(claim("n2", 100, 110), claim("n1", 90, 130), claim("n2", 140, 150))))
        .isEmpty();
  }

  @Test
  void claimBetweenTwoReigns_isNot() {
    assertThat(
            Claim.contradicted(
                List.of(
                    claim("n2", 100, 110), claim("n1", 1_000, 1_010), claim("n2", 2_000, 2_010))))
        .isEmpty();
  }

  private static Claim claim(String node, long begunMillis, long endedMillis) {
    return new Claim(
        node,
        Duration.ofMillis(begunMillis).toNanos(),
        Duration.ofMillis(endedMillis).toNanos(),
        "read");
  }
}
