package dev.signalbox.client;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.client.limit.Admission;
import dev.signalbox.client.limit.Admission.Grounds;
import dev.signalbox.client.limit.Decision;
import dev.signalbox.client.limit.FailMode;
import dev.signalbox.client.limit.Limit;
import dev.signalbox.client.limit.LimitKeys;
import dev.signalbox.client.limit.Limiter;
import dev.signalbox.client.limit.LimiterBuilder;
import dev.signalbox.client.limit.LimiterMetrics;
import dev.signalbox.client.limit.Refusal;
import dev.signalbox.server.Rule;
import dev.signalbox.server.ServerOptions;
import dev.signalbox.server.SignalboxServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Limiters whose service cannot be reached, is silent, or has lost its state. */
class LimiterFaultsTest extends WithServer {
  private static final LimitKeys NONE = LimitKeys.none();
  private static final Duration LEASE = ofSeconds(60);

  private static LimiterBuilder builder(SignalboxClient client, FailMode mode) {
    return Limiter.builder(client, "test").limit(Limit.concurrency("p/db", 8)).failMode(mode);
  }

  private static Grounds enter(Limiter limiter) throws InterruptedException {
    try (Admission admission = limiter.decide(NONE).orThrow()) {
      return admission.grounds();
    }
  }

  private static boolean asksAgain(Limiter limiter) throws InterruptedException {
    return enter(limiter) == Grounds.GRANTED;
  }

  @Test
  void serviceUnreachableAtStart_isDoneWithout_untilItComes() throws Exception {
    network().refuse();
    SignalboxClient client = remoteClient(LEASE);
    Limiter limiter = builder(client, FailMode.open()).answerWithin(ofMillis(200)).build();
    assertThat(enter(limiter)).isEqualTo(Grounds.OPEN);
    long before = System.nanoTime();
    for (int i = 0; i < 1_000; i++) {
      assertThat(enter(limiter)).isEqualTo(Grounds.OPEN);
    }
    assertThat(System.nanoTime() - before).isLessThan(ofSeconds(20).toNanos());
    assertThat(limiter.metrics().passedOpen()).isEqualTo(1_001);
    network().restore();
    eventually().until(() -> asksAgain(limiter));
  }

  @Test
  void serviceThatFallsSilent_isDoneWithout_untilItSpeaks() throws Exception {
    SignalboxClient client = remoteClient(LEASE);
    Limiter limiter = builder(client, FailMode.closed()).answerWithin(ofMillis(200)).build();
    eventually().until(() -> limiter.decide(NONE).isAdmitted());
    network().silence();
    assertThat(limiter.decide(NONE)).isInstanceOf(Refusal.class);
    long before = System.nanoTime();
    for (int i = 0; i < 1_000; i++) {
      assertThat(limiter.decide(NONE, ofSeconds(60)))
          .extracting(decision -> ((Refusal) decision).cause())
          .isEqualTo(Refusal.Cause.UNAVAILABLE);
    }
    assertThat(System.nanoTime() - before).isLessThan(ofSeconds(20).toNanos());
    assertThat(limiter.metrics().refusedUnavailable()).isGreaterThanOrEqualTo(1_001);
    network().restore();
    eventually().until(() -> limiter.decide(NONE).isAdmitted());
  }

  @Test
  @Rule("A7")
  void grantsThatCrossATimeOut_goBack() throws Exception {
    SignalboxClient client = remoteClient(LEASE);
    RemoteSemaphore db = client.semaphores().create("p/db", SemaphoreSpec.max(8).ownerOnly());
    Limiter limiter = builder(client, FailMode.open()).answerWithin(ofMillis(35)).build();
    network().delay(ofMillis(15));
    List<CompletableFuture<Decision>> all = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      all.add(limiter.decideAsync(NONE, Duration.ZERO));
      TimeUnit.MILLISECONDS.sleep(1);
    }
    for (CompletableFuture<Decision> each : all) {
      if (each.get(20, TimeUnit.SECONDS) instanceof Admission admission) {
        admission.close();
      }
    }
    eventually().until(() -> db.info().count() == 8 && db.info().waiting() == 0);
    LimiterMetrics metrics = limiter.metrics();
    assertThat(metrics.granted() + metrics.refused() + metrics.passedOpen()).isEqualTo(300);
    assertThat(metrics.inFlight()).isZero();
    assertThat(metrics.waiting()).isZero();
  }

  @Test
  @Rule("L5")
  void connectionThatBreaksWhileACallWaits_costsItNothing() throws Exception {
    SignalboxClient client = remoteClient(LEASE);
    Limiter limiter = builder(client, FailMode.closed()).answerWithin(ofSeconds(30)).build();
    RemoteSemaphore db = client().semaphores().create("p/db", SemaphoreSpec.max(1).ownerOnly());
    Permit held = db.acquire();
    CompletableFuture<Decision> waiter = limiter.decideAsync(NONE, ofSeconds(60));
    eventually().until(() -> db.info().waiting() == 1);
    network().cut();
    held.close();
    assertThat(waiter.get(20, TimeUnit.SECONDS).orThrow().grounds()).isEqualTo(Grounds.GRANTED);
  }

  @Test
  void serverThatLostItsState_getsTheSemaphoresAgain() throws Exception {
    SignalboxClient client = remoteClient(LEASE);
    Limiter limiter = builder(client, FailMode.closed()).answerWithin(ofSeconds(30)).build();
    assertThat(enter(limiter)).isEqualTo(Grounds.GRANTED);
    try (SignalboxServer fresh = SignalboxServer.start(ServerOptions.embedded())) {
      network().leadTo(fresh.port());
      network().cut();
      assertThat(limiter.decide(NONE).orThrow().grounds()).isEqualTo(Grounds.GRANTED);
      RemoteSemaphore db = freshClient(fresh).semaphores().open("p/db");
      assertThat(db.info().count()).isEqualTo(7);
      client.close();
    }
  }

  private SignalboxClient freshClient(SignalboxServer server) {
    return started(builder().target("127.0.0.1:" + server.port()));
  }

  @Test
  void localShare_underEightThreads_isExact() throws Exception {
    network().refuse();
    SignalboxClient client = remoteClient(LEASE);
    Limiter limiter = builder(client, FailMode.local(0.5)).answerWithin(ofMillis(100)).build();
    assertThat(enter(limiter)).isEqualTo(Grounds.LOCAL);
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<Integer>> workers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        workers.add(threads.submit(() -> work(limiter, inside, most)));
      }
      int admitted = 1;
      for (Future<Integer> worker : workers) {
        admitted += worker.get(60, TimeUnit.SECONDS);
      }
      LimiterMetrics metrics = limiter.metrics();
      assertThat(metrics.passedLocal()).isEqualTo(admitted);
      assertThat(metrics.passedLocal() + metrics.refusedLocal()).isEqualTo(1 + 8 * 5_000);
      assertThat(metrics.inFlight()).isZero();
    } finally {
      threads.shutdownNow();
    }
    assertThat(most.get()).isBetween(1, 4);
  }

  private static int work(Limiter limiter, AtomicInteger inside, AtomicInteger most)
      throws InterruptedException {
    int admitted = 0;
    for (int i = 0; i < 5_000; i++) {
      if (limiter.decide(NONE) instanceof Admission admission) {
        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
        Thread.onSpinWait();
        inside.decrementAndGet();
        admission.close();
        admitted++;
      }
    }
    return admitted;
  }
}
