package dev.signalbox.client.limit;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofNanos;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class LimiterBuilderTest {
  private static final Limit DB = Limit.concurrency("p/db", 8);

  private final FakeClient service = new FakeClient();

  private LimiterBuilder builder() {
    return Limiter.builder(service.client(), "test");
  }

  private void assertRefused(String message, UnaryOperator<LimiterBuilder> settings) {
    assertThatThrownBy(() -> settings.apply(builder().limit(DB)).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private void assertRefused(String message, Limit limit) {
    assertRefused(message, builder -> builder.limit(limit));
  }

  private void assertTaken(Limit limit) {
    assertThat(builder().limit(limit).build().name()).isEqualTo("test");
  }

  @Test
  void limits_mustBeOneTo64InOneNamespaceUnderDifferentNames() {
    assertThatThrownBy(() -> builder().build()).hasMessage("limit: must be 1 to 64 of them, not 0");
    assertRefused("must be 1 to 64 of them, not 65", LimiterBuilderTest::with64More);
    assertRefused("name: is in another namespace than limit 'p/db'", Limit.concurrency("q/a", 1));
    assertRefused("name: is in another namespace", Limit.concurrency("a", 1));
    assertRefused("can be the same as that of limit 'p/db'", Limit.concurrency("p/db", 1));
    assertRefused("can be the same as that of limit 'p/db'", Limit.concurrency("p/{t}", 1));
    assertTaken(Limit.concurrency("a", 1));
  }

  private static LimiterBuilder with64More(LimiterBuilder builder) {
    for (int i = 0; i < 64; i++) {
      builder.limit(Limit.concurrency("p/" + i, 1));
    }
    return builder;
  }

  @Test
  void limit_outOfRange_isNamed() {
    assertRefused("limit 'p/a': max: must be at least 1, not 0", Limit.concurrency("p/a", 0));
    assertRefused("limit 'p/a': permits: must be 1 to max (3), not 4", concurrency().taking(4));
    assertRefused("limit 'p/a': permits: must be 1 to max (3), not 0", concurrency().taking(0));
    assertRefused("permits: must be 1 to max (3), not 4", rate(9).burst(3).taking(4));
    assertRefused("limit 'p/a': max: must be at least 1, not 0", rate(0));
    assertRefused("limit 'p/a': calls: must be at least 1, not 0", rate(0).burst(1));
    assertRefused("period: must be 1 ms to 1 day", Limit.rate("p/a", 1, ofNanos(999_999)));
    assertRefused("period: must be 1 ms to 1 day", Limit.rate("p/a", 1, ofDays(1).plusNanos(1)));
    assertRefused("idleTtl: must be 1 s to 365 days", concurrency().idleTtl(ofMillis(999)));
    assertRefused("idleTtl: must be 1 s to 365 days", concurrency().idleTtl(ofDays(366)));
    assertThatThrownBy(() -> concurrency().burst(3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("limit 'p/a': burst: is of a limit on rate only");
    assertTaken(concurrency().taking(3).idleTtl(ofSeconds(1)));
    assertTaken(Limit.rate("p/a", 1, ofMillis(1)).burst(5).taking(5).idleTtl(ofDays(365)));
  }

  private static Limit concurrency() {
    return Limit.concurrency("p/a", 3);
  }

  private static Limit rate(int calls) {
    return Limit.rate("p/a", calls, ofSeconds(1));
  }

  @Test
  void setting_outOfRange_isNamed() {
    assertRefused("answerWithin: must be 1 ms to 1 min", b -> b.answerWithin(ZERO));
    assertRefused("answerWithin: must be 1 ms to 1 min", b -> b.answerWithin(ofSeconds(61)));
    assertRefused("retryAfter: must be 1 ms to 1 day", b -> b.retryAfter(ZERO));
    assertRefused("retryAfter: must be 1 ms to 1 day", b -> b.retryAfter(ofDays(2)));
    for (String name : new String[] {"", "x".repeat(101)}) {
      assertThatThrownBy(() -> Limiter.builder(service.client(), name).limit(DB).build())
          .hasMessageStartingWith("name: must have 1 to 100 characters");
    }
    for (double share : new double[] {0, -1, 1.01, Double.NaN}) {
      assertThatThrownBy(() -> FailMode.local(share)).hasMessageStartingWith("share: ");
    }
  }

  @Test
  void build_asksForNothing_andWhatIsRefusedListensToNothing() {
    assertRefused("max", Limit.concurrency("p/a", 0));
    assertThat(service.listeners).isEmpty();
    assertTaken(DB);
    assertThat(service.creations).isEmpty();
    assertThat(service.acquires).isEmpty();
  }

  private static Duration retryAfter(Limit... limits) {
    return LimitSet.of(List.of(limits)).retryAfter(1, ofSeconds(1));
  }

  @Test
  void retryAfter_isTheTimeInWhichOneCallsPermitsComeBack() {
    assertThat(retryAfter(Limit.rate("p/a", 100, ofSeconds(1)))).isEqualTo(ofMillis(10));
    assertThat(retryAfter(Limit.rate("p/a", 100, ofSeconds(1)).taking(30)))
        .isEqualTo(ofMillis(300));
    assertThat(retryAfter(Limit.rate("p/a", 5_000, ofSeconds(1)))).isEqualTo(ofMillis(1));
    assertThat(
            retryAfter(Limit.rate("p/a", 100, ofSeconds(1)), Limit.rate("p/b", 1, ofSeconds(20))))
        .isEqualTo(ofSeconds(20));
  }

  @Test
  void retryAfter_besideALimitOnConcurrency_isNotLessThanWhatWasSaid() {
    assertThat(retryAfter(DB)).isEqualTo(ofSeconds(1));
    assertThat(retryAfter(DB, Limit.rate("p/a", 100, ofSeconds(1)))).isEqualTo(ofSeconds(1));
    assertThat(retryAfter(DB, Limit.rate("p/a", 1, ofSeconds(9)))).isEqualTo(ofSeconds(9));
  }
}
