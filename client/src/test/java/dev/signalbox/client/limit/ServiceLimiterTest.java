package dev.signalbox.client.limit;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.signalbox.client.ClientState;
import dev.signalbox.client.Refusals;
import dev.signalbox.client.SignalboxException;
import dev.signalbox.client.limit.Admission.Grounds;
import dev.signalbox.client.limit.FakeClient.Acquiring;
import dev.signalbox.client.limit.FakeClient.Creation;
import dev.signalbox.client.limit.FakeClient.GrantedPermit;
import dev.signalbox.client.limit.Refusal.Cause;
import dev.signalbox.server.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A limiter's questions, and what it makes of their answers. */
@Timeout(60)
class ServiceLimiterTest {
  private static final LimitKeys NONE = LimitKeys.none();
  private static final Duration LONG = ofSeconds(60);

  private final FakeClient service = new FakeClient();

  private LimiterBuilder builder() {
    return Limiter.builder(service.client(), "test").answerWithin(ofSeconds(60));
  }

  private Limiter limiter(FailMode mode, Duration answerWithin) {
    return builder()
        .limit(Limit.concurrency("p/db", 8))
        .failMode(mode)
        .answerWithin(answerWithin)
        .build();
  }

  private static Decision get(CompletableFuture<Decision> future) throws Exception {
    return future.get(20, TimeUnit.SECONDS);
  }

  private static Grounds grounds(Decision decision) {
    return decision.orThrow().grounds();
  }

  private static Cause cause(Decision decision) {
    assertThat(decision).isInstanceOf(Refusal.class);
    return ((Refusal) decision).cause();
  }

  @Test
  void newName_wantedByManyAtOnce_isMadeOnce() throws Exception {
    service.withoutCreating();
    Limiter limiter = builder().limit(Limit.concurrency("p/{t}", 1)).build();
    List<CompletableFuture<Decision>> all = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      all.add(limiter.decideAsync(LimitKeys.of("t", "a"), LONG));
    }
    assertThat(service.acquires).isEmpty();
    service.nextCreation().done();
    assertThat(service.creations).isEmpty();
    assertThat(service.acquires).hasSize(50);
    service.acquires.forEach(Acquiring::grant);
    for (CompletableFuture<Decision> each : all) {
      assertThat(grounds(get(each))).isEqualTo(Grounds.GRANTED);
    }
  }

  @Test
  void failedCreation_isToldToThoseWhoWait_andNotRemembered() throws Exception {
    service.withoutCreating();
    Limiter limiter = limiter(FailMode.open(), LONG);
    CompletableFuture<Decision> first = limiter.decideAsync(NONE, LONG);
    CompletableFuture<Decision> second = limiter.decideAsync(NONE, LONG);
    service.nextCreation().answer().completeExceptionally(Refusals.notHeld());
    for (CompletableFuture<Decision> each : List.of(first, second)) {
      assertThatThrownBy(() -> get(each)).hasCauseInstanceOf(SignalboxException.NotHeld.class);
    }
    CompletableFuture<Decision> third = limiter.decideAsync(NONE, LONG);
    service.nextCreation().done();
    service.nextAcquire().grant();
    assertThat(get(third).isAdmitted()).isTrue();
    assertThat(limiter.metrics().waiting()).isZero();
  }

  @Test
  void creationThatFailsForOutage_isDecidedByTheFailMode() throws Exception {
    service.withoutCreating();
    Limiter limiter = limiter(FailMode.open(), LONG);
    CompletableFuture<Decision> asked = limiter.decideAsync(NONE, LONG);
    service.nextCreation().answer().completeExceptionally(Refusals.unavailable());
    assertThat(grounds(get(asked))).isEqualTo(Grounds.OPEN);
  }

  @Test
  @Rule("A4")
  void question_isOneRequestOverAllLimits() throws Exception {
    Limiter limiter =
        builder()
            .limit(Limit.concurrency("p/db", 8).taking(2))
            .limit(Limit.rate("p/r/{t}", 5, ofDays(1)))
            .build();
    CompletableFuture<Decision> asked = limiter.decideAsync(LimitKeys.of("t", "x"), LONG);
    Acquiring acquire = service.nextAcquire();
    assertThat(acquire.names()).containsExactly("p/db", "p/r/x");
    assertThat(acquire.request().parts().get(0).permits()).isEqualTo(2);
    acquire.refuse();
    assertThat(cause(get(asked))).isEqualTo(Cause.LIMIT);
    assertThat(service.acquires).isEmpty();
  }

  @Test
  @Rule("A7")
  void unansweredQuestion_isWithdrawn_andALateGrantGoesBack() throws Exception {
    Limiter limiter = limiter(FailMode.open(), ofMillis(1));
    Decision decision = limiter.decide(NONE);
    assertThat(grounds(decision)).isEqualTo(Grounds.OPEN);
    Acquiring acquire = service.nextAcquire();
    assertThat(acquire.answer().isCancelled()).isTrue();
    assertThat(acquire.grant().closed).hasValue(1);
    assertThat(limiter.metrics().passedOpen()).isEqualTo(1);
    assertThat(limiter.metrics().granted()).isZero();
  }

  @Test
  @Rule("A7")
  void unansweredAsynchronousQuestion_isWithdrawn_andCompletesElsewhere() throws Exception {
    Limiter limiter = limiter(FailMode.closed(), ofMillis(1));
    CompletableFuture<Decision> asked = limiter.decideAsync(NONE, Duration.ZERO);
    CompletableFuture<String> thread = asked.thenApply(d -> Thread.currentThread().getName());
    assertThat(cause(get(asked))).isEqualTo(Cause.UNAVAILABLE);
    assertThat(thread.get(20, TimeUnit.SECONDS)).doesNotContain("DelayScheduler");
    assertThat(service.nextAcquire().answer().isCancelled()).isTrue();
  }

  @Test
  void silentService_isAskedNoMore_butForOneHarmlessQuestion() throws Exception {
    Limiter limiter = limiter(FailMode.closed(), ofMillis(1));
    assertThat(cause(limiter.decide(NONE))).isEqualTo(Cause.UNAVAILABLE);
    service.nextAcquire();
    service.nextCreation();
    service.withoutCreating();
    for (int i = 0; i < 10; i++) {
      assertThat(cause(limiter.decide(NONE))).isEqualTo(Cause.UNAVAILABLE);
    }
    assertThat(service.acquires).isEmpty();
    Creation probe = service.nextCreation();
    assertThat(service.creations).isEmpty();
    assertThat(limiter.metrics().refusedUnavailable()).isEqualTo(11);
    probe.done();
    FutureTask<Decision> asked = new FutureTask<>(() -> limiter.decide(NONE, LONG));
    new Thread(asked).start();
    service.nextAcquire().grant();
    assertThat(grounds(asked.get(20, TimeUnit.SECONDS))).isEqualTo(Grounds.GRANTED);
  }

  @Test
  void probeThatFails_isFollowedByAnother() throws Exception {
    Limiter limiter = limiter(FailMode.closed(), ofMillis(1));
    var first = limiter.decide(NONE);
    service.nextCreation();
    service.withoutCreating();
    var second = limiter.decide(NONE);
    service.nextCreation().answer().completeExceptionally(Refusals.unavailable());
    var third = limiter.decide(NONE);
    assertThat(service.nextCreation().name()).isEqualTo("p/db");
    assertThat(List.of(first, second, third)).noneMatch(Decision::isAdmitted);
  }

  @Test
  void probeThatIsRefused_isAnAnswerToo() throws Exception {
    Limiter limiter = limiter(FailMode.closed(), ofMillis(1));
    assertThat(cause(limiter.decide(NONE))).isEqualTo(Cause.UNAVAILABLE);
    service.nextCreation();
    service.nextAcquire();
    service.withoutCreating();
    assertThat(cause(limiter.decide(NONE))).isEqualTo(Cause.UNAVAILABLE);
    service.nextCreation().answer().completeExceptionally(Refusals.notFound());
    CompletableFuture<Decision> asked = limiter.decideAsync(NONE, LONG);
    service.nextAcquire().grant();
    assertThat(get(asked).isAdmitted()).isTrue();
  }

  @Test
  void disconnectedForLong_isDecidedAtOnce() throws Exception {
    service.state = ClientState.CONNECTING;
    Limiter limiter = limiter(FailMode.open(), ofMillis(1));
    assertThat(grounds(limiter.decide(NONE))).isEqualTo(Grounds.OPEN);
    service.acquires.clear();
    assertThat(grounds(limiter.decide(NONE, LONG))).isEqualTo(Grounds.OPEN);
    assertThat(grounds(get(limiter.decideAsync(NONE, LONG)))).isEqualTo(Grounds.OPEN);
    assertThat(service.acquires).isEmpty();
  }

  @Test
  @Rule("L2")
  void sessionLostWhileAsking_isAskedAgain() throws Exception {
    Limiter limiter = limiter(FailMode.closed(), LONG);
    CompletableFuture<Decision> asked = limiter.decideAsync(NONE, LONG);
    service.nextAcquire().fail(Refusals.sessionLost());
    service.nextAcquire().fail(Refusals.sessionLost());
    service.nextAcquire().grant();
    assertThat(grounds(get(asked))).isEqualTo(Grounds.GRANTED);
  }

  @Test
  void sessionLostAgainAndAgain_isDecidedByTheFailMode() throws Exception {
    Limiter limiter = limiter(FailMode.local(0.5), LONG);
    CompletableFuture<Decision> asked = limiter.decideAsync(NONE, LONG);
    for (int i = 0; i < 4; i++) {
      service.nextAcquire().fail(Refusals.sessionLost());
    }
    assertThat(grounds(get(asked))).isEqualTo(Grounds.LOCAL);
    assertThat(service.acquires).isEmpty();
  }

  @Test
  @Rule("O5")
  void semaphoreThatIsGone_isMadeAgain_aFewTimes() throws Exception {
    Limiter limiter = limiter(FailMode.open(), LONG);
    CompletableFuture<Decision> asked = limiter.decideAsync(NONE, LONG);
    for (int i = 0; i < 4; i++) {
      assertThat(service.nextCreation().name()).isEqualTo("p/db");
      service.nextAcquire().fail(Refusals.notFound());
    }
    assertThatThrownBy(() -> get(asked)).hasCauseInstanceOf(SignalboxException.NotFound.class);
    assertThat(service.creations).isEmpty();
  }

  @Test
  void closedMode_refusesAndCounts() throws Exception {
    Limiter limiter = limiter(FailMode.closed(), LONG);
    CompletableFuture<Decision> asked = limiter.decideAsync(NONE, LONG);
    service.nextAcquire().fail(Refusals.unavailable());
    Refusal refusal = (Refusal) get(asked);
    assertThat(refusal).isEqualTo(new Refusal("test", Cause.UNAVAILABLE, ofSeconds(1)));
    assertThat(limiter.metrics().refusedUnavailable()).isEqualTo(1);
  }

  @Test
  void localMode_holdsToItsShare_andIsGivenBack() throws Exception {
    Limiter limiter = limiter(FailMode.local(0.25), LONG);
    List<CompletableFuture<Decision>> all = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      all.add(limiter.decideAsync(NONE, LONG));
      service.nextAcquire().fail(Refusals.unavailable());
    }
    Admission first = get(all.get(0)).orThrow();
    assertThat(first.grounds()).isEqualTo(Grounds.LOCAL);
    assertThat(grounds(get(all.get(1)))).isEqualTo(Grounds.LOCAL);
    assertThat(cause(get(all.get(2)))).isEqualTo(Cause.LOCAL_LIMIT);
    first.close();
    first.close();
    CompletableFuture<Decision> next = limiter.decideAsync(NONE, LONG);
    service.nextAcquire().fail(Refusals.unavailable());
    assertThat(get(next).isAdmitted()).isTrue();
    assertThat(limiter.metrics()).isEqualTo(new LimiterMetrics(2, 0, 0, 0, 0, 3, 1, 0, 0, 0, 0));
  }

  @Test
  void grantedCall_holdsItsPermitUntilItEnds() throws Exception {
    Limiter limiter = limiter(FailMode.closed(), LONG);
    CompletableFuture<Decision> asked = limiter.decideAsync(NONE, LONG);
    assertThat(limiter.metrics().waiting()).isEqualTo(1);
    GrantedPermit permit = service.nextAcquire().grant();
    Admission admission = get(asked).orThrow();
    assertThat(admission.permit()).isPresent();
    assertThat(limiter.metrics()).isEqualTo(new LimiterMetrics(1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0));
    admission.close();
    admission.close();
    assertThat(permit.closed).hasValue(1);
    assertThat(limiter.metrics().inFlight()).isZero();
  }

  @Test
  @Rule("A7")
  void futureThatIsGivenUp_inWhateverWay_isWithdrawn() throws Exception {
    Limiter limiter = limiter(FailMode.open(), LONG);
    CompletableFuture<Decision> cancelled = limiter.decideAsync(NONE, LONG);
    cancelled.cancel(false);
    assertThat(service.nextAcquire().answer().isCancelled()).isTrue();
    CompletableFuture<Decision> timedOut = limiter.decideAsync(NONE, LONG);
    var unused = timedOut.orTimeout(1, TimeUnit.MILLISECONDS);
    assertThatThrownBy(() -> get(timedOut)).hasCauseInstanceOf(TimeoutException.class);
    Acquiring acquire = service.nextAcquire();
    await().until(acquire.answer()::isCancelled);
    CompletableFuture<Decision> completed = limiter.decideAsync(NONE, LONG);
    assertThat(completed.complete(new Refusal("mine", Cause.LIMIT, LONG))).isTrue();
    assertThat(service.nextAcquire().answer().isCancelled()).isTrue();
    assertThat(limiter.metrics()).isEqualTo(new LimiterMetrics(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
  }

  @Test
  void futureGivenUpWhileItsNameIsMade_asksForNothing() throws Exception {
    service.withoutCreating();
    Limiter limiter = limiter(FailMode.open(), LONG);
    CompletableFuture<Decision> first = limiter.decideAsync(NONE, LONG);
    CompletableFuture<Decision> second = limiter.decideAsync(NONE, LONG);
    first.cancel(true);
    service.nextCreation().done();
    service.nextAcquire().grant();
    assertThat(get(second).isAdmitted()).isTrue();
    assertThat(service.acquires).isEmpty();
  }

  @Test
  void badArguments_areThrownOrFailTheFuture() {
    Limiter limiter = builder().limit(Limit.concurrency("p/{t}", 1)).build();
    assertThatThrownBy(() -> limiter.decide(NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'t'");
    assertThatThrownBy(() -> limiter.decide(LimitKeys.of("t", "x"), ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("wait");
    assertThatThrownBy(() -> get(limiter.decideAsync(NONE, ofDays(366))))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(IllegalArgumentException.class);
    assertThat(service.acquires).isEmpty();
  }

  @Test
  void clientClosed_isThrown() throws Exception {
    Limiter limiter = limiter(FailMode.open(), LONG);
    CompletableFuture<Decision> asked = limiter.decideAsync(NONE, LONG);
    service.nextAcquire().fail(Refusals.clientClosed());
    assertThatThrownBy(() -> get(asked)).hasCauseInstanceOf(SignalboxException.ClientClosed.class);
  }
}
