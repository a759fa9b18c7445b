package dev.signalbox.client;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.client.SignalboxException.Conclusion;
import dev.signalbox.client.SignalboxException.Unavailable;
import dev.signalbox.server.Rule;
import dev.signalbox.server.ServerOptions;
import dev.signalbox.server.SignalboxServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NetworkFaultsTest extends WithServer {
  private final Recorder recorder = new Recorder();
  private RemoteSemaphore observed;

  @BeforeEach
  void create() throws Exception {
    observed = client().semaphores().create("a", SemaphoreSpec.max(4));
  }

  private SignalboxClient remote(Duration lease) {
    return started(
        builder().target(network().target()).lease(lease).clientName("remote").listener(recorder));
  }

  @Test
  @Rule("L5")
  void cutWithinTheLease_costsNothing() throws Exception {
    SignalboxClient client = remote(ofSeconds(30));
    RemoteSemaphore a = client.semaphores().open("a");
    Permit permit = a.acquire(4);
    CompletableFuture<Permit> waiting = a.acquireAsync();
    eventually().until(() -> observed.info().waiting() == 1);
    network().cut();
    eventually().until(() -> recorder.heard.equals(List.of("opened", "disconnected", "resumed")));
    assertThat(permit.isHeld()).isTrue();
    assertThat(permit.release().previousCount()).isZero();
    assertThat(waiting.get().isHeld()).isTrue();
    assertThat(observed.info().count()).isEqualTo(3);
  }

  @Test
  @Rule({"L5", "E1"})
  void silenceWithinTheLease_isOutlived_andCallsMadeMeanwhileAreAnswered() throws Exception {
    SignalboxClient client = remote(ofSeconds(4));
    RemoteSemaphore a = client.semaphores().open("a");
    Permit permit = a.acquire();
    network().silence();
    CompletableFuture<Permit> meanwhile = a.acquireAsync();
    eventually().until(() -> recorder.heard.contains("jeopardy"));
    network().restore();
    assertThat(meanwhile.get().isHeld()).isTrue();
    assertThat(permit.isHeld()).isTrue();
    assertThat(observed.info().count()).isEqualTo(2);
    assertThat(recorder.heard).doesNotContain("lost", "jeopardy without time");
  }

  @Test
  @Rule({"L2", "L4"})
  void silenceBeyondTheLease_fencesThisSide_beforeTheServerLetsTheNextOneIn() throws Exception {
    SignalboxClient client = remote(ofSeconds(1));
    RemoteSemaphore a = client.semaphores().open("a");
    Permit permit = a.acquire(4);
    CompletableFuture<LossReason> told = new CompletableFuture<>();
    permit.onLost(told::complete);
    CompletableFuture<Boolean> stillHeldWhenLetIn =
        observed.acquireAsync().thenApply(next -> permit.isHeld() || !told.isDone());
    network().silence();
    assertThat(stillHeldWhenLetIn.get(20, TimeUnit.SECONDS)).isFalse();
    assertThat(told.get()).isEqualTo(LossReason.SESSION_LOST);
    network().restore();
    assertThat(a.tryAcquire(1, ofSeconds(20))).isPresent();
    assertThat(permit.isHeld()).isFalse();
    assertThat(recorder.heard).containsSubsequence("opened", "jeopardy", "lost", "opened");
  }

  @Test
  @Rule("L9")
  void sessionThatEndsWithItsStream_letsTheNextOneInAtOnce() throws Exception {
    SignalboxClient client =
        started(
            builder().target(network().target()).lease(ofMinutes(10)).endAfterBreak(Duration.ZERO));
    Permit permit = client.semaphores().open("a").acquire(4);
    CompletableFuture<Permit> next = observed.acquireAsync();
    network().refuse();
    assertThat(next.get(20, TimeUnit.SECONDS).isHeld()).isTrue();
    eventually().until(() -> !permit.isHeld());
  }

  @Test
  @Rule("L1")
  void slowNetwork_isNoReasonForJeopardy() throws Exception {
    network().delay(ofMillis(30));
    SignalboxClient client = remote(ofSeconds(3));
    Permit permit = client.semaphores().open("a").acquire();
    eventually().pollDelay(ofSeconds(4)).until(permit::isHeld);
    assertThat(recorder.heard).containsExactly("opened");
  }

  @Test
  void callWithoutAServer_failsWhenItsPatienceIsOver_andWorksWhenThereIsOne() throws Exception {
    network().refuse();
    SignalboxClient client = started(builder().target(network().target()).patience(ofMillis(300)));
    assertThatThrownBy(() -> client.semaphores().open("a"))
        .isInstanceOfSatisfying(
            Unavailable.class, e -> assertThat(e.conclusion()).isEqualTo(Conclusion.NOT_DONE));
    assertThatThrownBy(() -> client.semaphores().list("")).isInstanceOf(Unavailable.class);
    assertThat(client.state()).isEqualTo(ClientState.CONNECTING);
    network().restore();
    eventually().until(() -> client.state() == ClientState.CONNECTED);
    assertThat(client.semaphores().open("a").info().max()).isEqualTo(4);
  }

  @Test
  @Rule({"L2", "L5"})
  void serverThatForgets_costsTheSession_butNotTheClient() throws Exception {
    SignalboxClient client = remote(ofSeconds(30));
    Permit permit = client.semaphores().open("a").acquire(4);
    try (SignalboxServer other = SignalboxServer.start(ServerOptions.embedded())) {
      network().leadTo(other.port());
      network().cut();
      eventually().until(() -> recorder.heard.contains("lost"));
      assertThat(client.semaphores().create("b", SemaphoreSpec.max(1)).acquire().isHeld()).isTrue();
      assertThat(permit.isHeld()).isFalse();
      assertThat(recorder.heard).containsExactly("opened", "disconnected", "lost", "opened");
      client.close();
    }
  }

  @Test
  @Rule("L5")
  void serverThatStops_andComesBack_isFoundAgain() throws Exception {
    SignalboxServer brief = SignalboxServer.start(ServerOptions.embedded());
    network().leadTo(brief.port());
    SignalboxClient client = remote(ofSeconds(30));
    var unused = client.semaphores().create("b", SemaphoreSpec.max(1));
    brief.close();
    eventually().until(() -> client.state() == ClientState.DISCONNECTED);
    network().leadTo(server().port());
    assertThat(client.semaphores().open("a").info().max()).isEqualTo(4);
  }

  @Test
  void listener_thatThrows_harmsNobody() throws Exception {
    SignalboxClient client = remote(ofSeconds(30));
    client.addListener(
        new SessionListener() {
          @Override
          public void disconnected() {
            throw new IllegalStateException("on purpose");
          }
        });
    var unused = client.semaphores().open("a");
    eventually().until(() -> recorder.heard.contains("opened"));
    Recorder second = new Recorder();
    client.addListener(second);
    network().cut();
    eventually().until(() -> second.heard.contains("resumed"));
    client.removeListener(second);
    network().cut();
    eventually().until(() -> recorder.heard.lastIndexOf("resumed") > 3);
    assertThat(second.heard).containsExactly("disconnected", "resumed");
  }

  @Test
  @Rule({"L5", "E1", "R6"})
  void cutsAtRandom_underLoad_loseAndDoubleNothing() throws Exception {
    SignalboxClient client = remote(ofMinutes(1));
    RemoteSemaphore a = client.semaphores().open("a");
    RemoteSemaphore tally =
        client.semaphores().create("tally", SemaphoreSpec.max(1_000_000).initial(0));
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<CompletableFuture<Integer>> workers = new ArrayList<>();
    long end = System.nanoTime() + ofSeconds(3).toNanos();
    for (int i = 0; i < 16; i++) {
      workers.add(
          CompletableFuture.supplyAsync(() -> work(a, tally, inside, most, end), this::run));
    }
    SplittableRandom random = new SplittableRandom();
    while (System.nanoTime() < end) {
      Thread.sleep(random.nextInt(20, 120));
      network().cut();
    }
    int done = 0;
    for (CompletableFuture<Integer> worker : workers) {
      done += worker.get(20, TimeUnit.SECONDS);
    }
    assertThat(most.get()).isBetween(1, 4);
    assertThat(tally.info().count()).isEqualTo(done).isPositive();
    eventually().until(() -> observed.info().count() == 4);
    assertThat(recorder.heard).doesNotContain("lost").contains("resumed");
  }

  private void run(Runnable task) {
    new Thread(task, "worker").start();
  }

  private static int work(
      RemoteSemaphore a,
      RemoteSemaphore tally,
      AtomicInteger inside,
      AtomicInteger most,
      long end) {
    int done = 0;
    try {
      while (System.nanoTime() < end) {
        try (Permit permit = a.acquire()) {
          most.accumulateAndGet(inside.incrementAndGet(), Math::max);
          inside.decrementAndGet();
          permit.ensureHeld();
        }
        if (tally.release(1).released()) {
          done++;
        }
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return done;
  }
}
