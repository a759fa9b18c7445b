package dev.signalbox.client;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.client.limit.Admission;
import dev.signalbox.client.limit.Decision;
import dev.signalbox.client.limit.Limit;
import dev.signalbox.client.limit.LimitExceededException;
import dev.signalbox.client.limit.LimitKeys;
import dev.signalbox.client.limit.Limiter;
import dev.signalbox.client.limit.LimiterMetrics;
import dev.signalbox.client.limit.Refusal;
import dev.signalbox.server.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Limiters on a real service. */
class LimiterTest extends WithServer {
  private static final LimitKeys NONE = LimitKeys.none();

  private final List<Admission> admitted = new ArrayList<>();

  private static Limiter limiter(SignalboxClient client, Limit... limits) {
    var builder = Limiter.builder(client, "test").answerWithin(ofSeconds(20));
    List.of(limits).forEach(builder::limit);
    return builder.build();
  }

  private Admission admit(Limiter limiter, LimitKeys keys) throws InterruptedException {
    Admission admission = limiter.decide(keys).orThrow();
    admitted.add(admission);
    return admission;
  }

  private static Refusal refusal(Decision decision) {
    assertThat(decision.isAdmitted()).isFalse();
    return (Refusal) decision;
  }

  private static int count(SignalboxClient client, String name) throws InterruptedException {
    return client.semaphores().open(name).info().count();
  }

  private static long waiting(SignalboxClient client, String name) throws InterruptedException {
    return client.semaphores().open(name).info().waiting();
  }

  @Test
  @Rule("Q2")
  void decide_ofConcurrencyAndRate_holdsTheOneAndUsesUpTheOther() throws Exception {
    SignalboxClient client = client();
    Limiter limiter =
        limiter(client, Limit.concurrency("p/db", 2), Limit.rate("p/partner", 3, ofDays(1)));
    admit(limiter, NONE);
    Admission second = admit(limiter, NONE);

    Refusal third = refusal(limiter.decide(NONE));
    assertThat(third.cause()).isEqualTo(Refusal.Cause.LIMIT);
    assertThat(count(client, "p/db")).isZero();
    assertThat(count(client, "p/partner")).isEqualTo(1);

    second.close();
    eventually().until(() -> count(client, "p/db") == 1);
    assertThat(count(client, "p/partner")).isEqualTo(1);
    admit(limiter, NONE);
    assertThat(count(client, "p/partner")).isZero();
  }

  @Test
  @Rule("A4")
  void decide_withOneLimitReached_takesNothingOfTheOthers() throws Exception {
    SignalboxClient client = client();
    Limiter limiter =
        limiter(
            client, Limit.rate("p/partner", 5, ofDays(1)), Limit.concurrency("p/t/{tenant}", 1));
    LimitKeys blue = LimitKeys.of("tenant", "blue");
    admit(limiter, blue);
    refusal(limiter.decide(blue));
    assertThat(count(client, "p/partner")).isEqualTo(4);
    admit(limiter, LimitKeys.of("tenant", "red"));
    assertThat(count(client, "p/partner")).isEqualTo(3);
  }

  @Test
  @Rule("Q1")
  void admission_ofALimitOnRate_givesNothingBack() throws Exception {
    SignalboxClient client = client();
    Limiter limiter = limiter(client, Limit.rate("p/partner", 1, ofDays(1)));
    admit(limiter, NONE).close();
    Refusal refusal = refusal(limiter.decide(NONE));
    assertThat(refusal.retryAfter()).isEqualTo(ofDays(1));
  }

  @Test
  void semaphores_whenMade_areAsTheLimitsSay() throws Exception {
    SignalboxClient client = client();
    Limiter limiter =
        limiter(
            client,
            Limit.concurrency("p/db", 7),
            Limit.rate("p/partner", 10, ofDays(1)).burst(20).taking(3),
            Limit.concurrency("p/t/{t}", 2));
    admit(limiter, LimitKeys.of("t", "a/b"));
    SemaphoreInfo db = client.semaphores().open("p/db").info();
    assertThat(db.max()).isEqualTo(7);
    assertThat(db.ownerOnly()).isTrue();
    assertThat(db.idleTtl()).isEmpty();
    SemaphoreInfo partner = client.semaphores().open("p/partner").info();
    assertThat(partner.max()).isEqualTo(20);
    assertThat(partner.count()).isEqualTo(17);
    assertThat(partner.refill()).contains(new Refill(10, ofDays(1)));
    assertThat(client.semaphores().open("p/t/a%2Fb").info().idleTtl())
        .contains(Duration.ofHours(1));
  }

  @Test
  void limit_changedOnTheService_countsAtOnce() throws Exception {
    SignalboxClient client = client();
    Limiter limiter = limiter(client, Limit.concurrency("p/db", 1));
    admit(limiter, NONE);
    refusal(limiter.decide(NONE));
    client.semaphores().open("p/db").resize(2);
    admit(limiter, NONE);
  }

  @Test
  @Rule("A2")
  void decide_withTimeToWait_isLetInWhenAnotherEnds() throws Exception {
    SignalboxClient client = client();
    Limiter limiter = limiter(client, Limit.concurrency("p/db", 1));
    Admission first = admit(limiter, NONE);
    CompletableFuture<Decision> second = limiter.decideAsync(NONE, ofSeconds(60));
    eventually().until(() -> waiting(client, "p/db") == 1);
    assertThat(limiter.metrics().waiting()).isEqualTo(1);
    first.close();
    assertThat(second.get(20, TimeUnit.SECONDS).isAdmitted()).isTrue();
    assertThat(limiter.metrics().waiting()).isZero();
  }

  @Test
  @Rule("A2")
  void decide_whenItsTimeIsOver_isRefused() throws Exception {
    Limiter limiter = limiter(client(), Limit.concurrency("p/db", 1));
    admit(limiter, NONE);
    assertThat(refusal(limiter.decide(NONE, ofMillis(20))).retryAfter()).isEqualTo(ofSeconds(1));
    assertThatThrownBy(() -> limiter.enter(NONE, ofMillis(1)))
        .isInstanceOf(LimitExceededException.class)
        .hasMessageContaining("test");
  }

  @Test
  @Rule("A7")
  void decideAsync_cancelled_leavesTheQueue() throws Exception {
    SignalboxClient client = client();
    Limiter limiter = limiter(client, Limit.concurrency("p/db", 1));
    Admission first = admit(limiter, NONE);
    CompletableFuture<Decision> second = limiter.decideAsync(NONE, ofSeconds(60));
    eventually().until(() -> waiting(client, "p/db") == 1);
    second.cancel(true);
    eventually().until(() -> waiting(client, "p/db") == 0);
    first.close();
    eventually().until(() -> count(client, "p/db") == 1);
    assertThat(limiter.metrics().waiting()).isZero();
  }

  @Test
  @Rule("A7")
  void decide_interrupted_leavesTheQueue() throws Exception {
    SignalboxClient client = client();
    Limiter limiter = limiter(client, Limit.concurrency("p/db", 1));
    admit(limiter, NONE);
    CountDownLatch interrupted = new CountDownLatch(1);
    Thread waiter =
        new Thread(() -> {
          try {
            var unused = limiter.decide(NONE, ofSeconds(60));
          } catch (InterruptedException e) {
            interrupted.countDown();
          }
        });
    waiter.start();
    eventually().until(() -> waiting(client, "p/db") == 1);
    waiter.interrupt();
    assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
    eventually().until(() -> waiting(client, "p/db") == 0);
  }

  @Test
  @Rule("A7")
  void cancellationsThatRaceWithGrants_loseNoPermit() throws Exception {
    SignalboxClient client = client();
    Limiter limiter = limiter(client, Limit.concurrency("p/db", 3));
    for (int round = 0; round < 100; round++) {
      List<CompletableFuture<Decision>> all = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        all.add(limiter.decideAsync(NONE, ofSeconds(60)));
      }
      for (int i = 0; i < 20; i++) {
        if (!all.get(i).cancel(true)) {
          all.get(i).get(20, TimeUnit.SECONDS).orThrow().close();
        }
      }
    }
    eventually().until(() -> count(client, "p/db") == 3 && waiting(client, "p/db") == 0);
    LimiterMetrics metrics = limiter.metrics();
    assertThat(metrics.inFlight()).isZero();
    assertThat(metrics.waiting()).isZero();
  }

  @Test
  @Rule("O5")
  void semaphore_deletedBetweenTwoCalls_isMadeAgain() throws Exception {
    SignalboxClient client = client();
    Limiter limiter =
        limiter(client, Limit.concurrency("p/db", 1), Limit.concurrency("p/t/{t}", 1));
    LimitKeys keys = LimitKeys.of("t", "x");
    admit(limiter, keys).close();
    client.semaphores().deleteByForce("p/t/x");
    admit(limiter, keys).close();
    client.semaphores().deleteByForce("p/db");
    client.semaphores().deleteByForce("p/t/x");
    admit(limiter, keys);
    refusal(limiter.decide(keys));
    assertThat(limiter.metrics().granted()).isEqualTo(3);
  }

  @Test
  @Rule("O5")
  void semaphore_deletedUnderAWaiter_isMadeAgainForIt() throws Exception {
    SignalboxClient client = client();
    Limiter limiter = limiter(client, Limit.concurrency("p/db", 1));
    admit(limiter, NONE);
    CompletableFuture<Decision> waiter = limiter.decideAsync(NONE, ofSeconds(60));
    eventually().until(() -> waiting(client, "p/db") == 1);
    client.semaphores().deleteByForce("p/db");
    assertThat(waiter.get(20, TimeUnit.SECONDS).isAdmitted()).isTrue();
  }

  @Test
  @Rule("O5")
  void semaphore_goneForIdleness_isMadeAgain() throws Exception {
    SignalboxClient client = client();
    Limiter limiter = limiter(client, Limit.concurrency("p/t/{t}", 1).idleTtl(ofSeconds(1)));
    LimitKeys keys = LimitKeys.of("t", "x");
    admit(limiter, keys).close();
    eventually().until(() -> client.semaphores().list("p/t/").isEmpty());
    admit(limiter, keys);
    assertThat(count(client, "p/t/x")).isZero();
  }

  @Test
  @Rule("O4")
  void decide_whereTheNameIsOfAMutex_throwsAndCountsNothing() throws Exception {
    SignalboxClient client = client();
    var unused = client.mutexes().create("p/db");
    Limiter limiter = limiter(client, Limit.concurrency("p/db", 1));
    assertThatThrownBy(() -> limiter.decide(NONE)).isInstanceOf(SignalboxException.WrongKind.class);
    CompletableFuture<Decision> other = limiter.decideAsync(NONE, ofSeconds(1));
    assertThatThrownBy(() -> other.get(20, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(SignalboxException.WrongKind.class);
    assertThat(limiter.metrics()).isEqualTo(new LimiterMetrics(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
    client.mutexes().delete("p/db");
    admit(limiter, NONE);
  }

  @Test
  @Rule("A1")
  void decide_forMoreThanTheSemaphoreHas_throws() throws Exception {
    SignalboxClient client = client();
    var unused = client.semaphores().create("p/db", SemaphoreSpec.max(2).ownerOnly());
    Limiter limiter = limiter(client, Limit.concurrency("p/db", 8).taking(3));
    assertThatThrownBy(() -> limiter.decide(NONE))
        .isInstanceOf(SignalboxException.InvalidArgument.class);
  }

  @Test
  void decide_onAClosedClient_throws() {
    SignalboxClient client = client();
    Limiter limiter = limiter(client, Limit.concurrency("p/db", 8));
    client.close();
    assertThatThrownBy(() -> limiter.decide(NONE))
        .isInstanceOf(SignalboxException.ClientClosed.class);
  }

  @Test
  void value_withASlash_cannotNameAnothersSemaphore() throws Exception {
    SignalboxClient client = client();
    Limiter limiter = limiter(client, Limit.concurrency("p/t/{t}/{user}", 1));
    LimitKeys honest = LimitKeys.of("t", "a").and("user", "b/c");
    LimitKeys other = LimitKeys.of("t", "a/b").and("user", "c");
    LimitKeys third = LimitKeys.of("t", "a").and("user", "b%2Fc\u0000");
    admit(limiter, honest);
    admit(limiter, other);
    admit(limiter, third);
    assertThat(client.semaphores().list("p/t/")).hasSize(3);
  }

  @Test
  void admission_closedTwice_givesBackOnce() throws Exception {
    SignalboxClient client = client();
    Limiter limiter = limiter(client, Limit.concurrency("p/db", 2));
    admit(limiter, NONE);
    Admission second = admit(limiter, NONE);
    second.close();
    second.close();
    eventually().until(() -> count(client, "p/db") == 1);
    assertThat(limiter.metrics().inFlight()).isEqualTo(1);
  }

  @Test
  @Rule("L2")
  void admission_ofAClientThatIsClosed_isFreeForOthers() throws Exception {
    SignalboxClient client = client();
    admit(limiter(client, Limit.concurrency("p/db", 1)), NONE);
    client.close();
    Limiter other = limiter(client(), Limit.concurrency("p/db", 1));
    assertThat(other.decide(NONE, ofSeconds(20)).isAdmitted()).isTrue();
  }

  @Test
  void decide_inAContinuationOfTheClients_isAnswered() throws Exception {
    SignalboxClient client = client();
    Limiter limiter =
        limiter(client, Limit.concurrency("p/db", 3), Limit.concurrency("p/t/{t}", 1));
    CompletableFuture<Decision> second =
        limiter
            .decideAsync(LimitKeys.of("t", "a"), ofSeconds(20))
            .thenApply(first -> decideIn(limiter, "b"))
            .thenApply(other -> decideIn(limiter, "b"));
    assertThat(refusal(second.get(60, TimeUnit.SECONDS)).cause()).isEqualTo(Refusal.Cause.LIMIT);
    assertThat(limiter.metrics().granted()).isEqualTo(2);
    assertThat(limiter.metrics().refusedUnavailable()).isZero();
  }

  private static Decision decideIn(Limiter limiter, String tenant) {
    try {
      return limiter.decide(LimitKeys.of("t", tenant));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
