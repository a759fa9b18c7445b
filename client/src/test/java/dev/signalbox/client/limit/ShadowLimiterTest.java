package dev.signalbox.client.limit;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.client.ClientState;
import dev.signalbox.client.Refusals;
import dev.signalbox.client.limit.Admission.Grounds;
import dev.signalbox.client.limit.FakeClient.Acquiring;
import dev.signalbox.client.limit.FakeClient.GrantedPermit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ShadowLimiterTest {
  private static final LimitKeys NONE = LimitKeys.none();

  private final FakeClient service = new FakeClient();
  private final Limiter limiter = shadow(Limit.concurrency("p/db", 1));

  private Limiter shadow(Limit limit) {
    return Limiter.builder(service.client(), "test").limit(limit).shadow(true).build();
  }

  private Admission enter() throws InterruptedException {
    return limiter.enter(NONE, ofSeconds(60));
  }

  private void assertCounts(long inFlight, long granted, long refused, long undecided) {
    assertThat(limiter.metrics())
        .isEqualTo(new LimiterMetrics(inFlight, 0, 0, 0, 0, 0, 0, 0, granted, refused, undecided));
  }

  @Test
  void call_passesAtOnce_whateverTheLimitsWillSay() throws Exception {
    Admission admission = enter();
    assertThat(admission.grounds()).isEqualTo(Grounds.SHADOW);
    assertThat(admission.permit()).isEmpty();
    assertThat(limiter.isShadow()).isTrue();
    assertCounts(1, 0, 0, 0);
    service.nextAcquire().refuse();
    assertCounts(1, 0, 1, 0);
    admission.close();
    assertCounts(0, 0, 1, 0);
    assertThat(limiter.decideAsync(NONE, Duration.ZERO).get(20, TimeUnit.SECONDS).isAdmitted())
        .isTrue();
  }

  @Test
  void grant_isHeldUntilTheCallEnds() throws Exception {
    Admission admission = enter();
    GrantedPermit permit = service.nextAcquire().grant();
    assertCounts(1, 1, 0, 0);
    assertThat(permit.closed).hasValue(0);
    admission.close();
    admission.close();
    assertThat(permit.closed).hasValue(1);
    assertCounts(0, 1, 0, 0);
  }

  @Test
  void grantThatComesAfterTheCall_goesBackAtOnce() throws Exception {
    enter().close();
    GrantedPermit permit = service.nextAcquire().grant();
    assertThat(permit.closed).hasValue(1);
    assertCounts(0, 1, 0, 0);
  }

  @Test
  void questions_areBounded() throws Exception {
    List<Admission> calls = new ArrayList<>();
    for (int i = 0; i < 1_500; i++) {
      calls.add(enter());
    }
    assertThat(service.acquires).hasSize(ShadowLimiter.MOST_QUESTIONS);
    assertCounts(1_500, 0, 0, 1_500 - ShadowLimiter.MOST_QUESTIONS);
    for (Acquiring each : List.copyOf(service.acquires)) {
      each.refuse();
    }
    service.acquires.clear();
    calls.add(enter());
    service.nextAcquire().grant();
    calls.forEach(Admission::close);
    assertCounts(0, 1, 1_024, 1_500 - 1_024);
  }

  @Test
  void failures_ofWhateverKind_areCountedAsUndecided() throws Exception {
    for (Throwable failure :
        List.of(Refusals.notHeld(), Refusals.unavailable(), Refusals.clientClosed())) {
      enter().close();
      service.nextAcquire().fail(failure);
    }
    assertCounts(0, 0, 0, 3);
  }

  @Test
  void serviceOutOfReach_isNotAsked() throws Exception {
    Limiter impatient =
        Limiter.builder(service.client(), "test")
            .limit(Limit.concurrency("p/db", 1))
            .shadow(true)
            .clock(new Clock()::next)
            .build();
    service.state = ClientState.DISCONNECTED;
    impatient.enter(NONE, Duration.ZERO).close();
    assertThat(service.acquires).isEmpty();
    assertThat(impatient.metrics().shadowUndecided()).isEqualTo(1);
  }

  /** Moves on by an hour with each look. */
  private static final class Clock {
    private long now;

    long next() {
      now += Duration.ofHours(1).toNanos();
      return now;
    }
  }

  @Test
  void badKeys_areThrown() {
    Limiter perTenant = shadow(Limit.concurrency("p/{tenant}", 1));
    assertThatThrownBy(() -> perTenant.decide(NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tenant");
    assertThat(perTenant.metrics().inFlight()).isZero();
  }
}
