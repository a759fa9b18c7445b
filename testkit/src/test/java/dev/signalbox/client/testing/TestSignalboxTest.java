package dev.signalbox.client.testing;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.signalbox.client.ClientState;
import dev.signalbox.client.EventSpec;
import dev.signalbox.client.ObjectKind;
import dev.signalbox.client.Permit;
import dev.signalbox.client.Refill;
import dev.signalbox.client.RemoteSemaphore;
import dev.signalbox.client.SemaphoreInfo;
import dev.signalbox.client.SemaphoreSpec;
import dev.signalbox.client.SignalboxClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TestSignalboxTest {
  @Test
  void client_whenMade_isConnected() {
    try (TestSignalbox box = TestSignalbox.start()) {
      assertThat(box.client().state()).isEqualTo(ClientState.CONNECTED);
    }
  }

  @Test
  void twoBoxes_shareNeitherNamesNorTime() throws Exception {
    try (TestSignalbox one = TestSignalbox.start();
        TestSignalbox two = TestSignalbox.start()) {
      RemoteSemaphore first = one.client().semaphores().create("db", SemaphoreSpec.max(1));
      RemoteSemaphore second = two.client().semaphores().create("db", SemaphoreSpec.max(2));
      first.acquire();
      second.acquire(2);
      CompletableFuture<Optional<Permit>> here = first.acquireAsync(1, ofSeconds(10));
      CompletableFuture<Optional<Permit>> there = second.acquireAsync(1, ofSeconds(10));
      one.clock().advance(ofSeconds(10));
      two.settle();
      assertThat(here).isCompletedWithValue(Optional.empty());
      assertThat(there).isNotDone();
      assertThat(two.clock().elapsed()).isZero();
    }
  }

  @Test
  void clientThatWasMadeByItsTargetAlone_livesByTheClock() throws Exception {
    try (TestSignalbox box = TestSignalbox.start();
        SignalboxClient own =
            SignalboxClient.builder()
                .target(box.target().replace("127.0.0.1", "localhost"))
                .build()) {
      RemoteSemaphore db = own.semaphores().create("db", SemaphoreSpec.max(1));
      Permit held = db.acquire();
      CompletableFuture<Optional<Permit>> waiting = db.acquireAsync(1, ofSeconds(100));
      box.clock().advance(ofSeconds(100));
      assertThat(waiting).isCompletedWithValue(Optional.empty());
      assertThat(held.isHeld()).isTrue();
    }
  }

  @Test
  void settle_waitsForTheWholeChain() throws Exception {
    try (TestSignalbox box = TestSignalbox.start()) {
      SignalboxClient client = box.client();
      CompletableFuture<SemaphoreInfo> chain =
          client
              .semaphores()
              .createAsync("db", SemaphoreSpec.max(1))
              .thenCompose(RemoteSemaphore::acquireAsync)
              .thenCompose(Permit::closeAsync)
              .thenCompose(done -> client.semaphores().openAsync("db"))
              .thenCompose(db -> db.infoAsync(10));
      box.settle();
      assertThat(chain).isCompletedWithValueMatching(info -> info.count() == 1);
    }
  }

  @Test
  void threadThatWaits_isSeenInTheQueue() throws Exception {
    try (TestSignalbox box = TestSignalbox.start()) {
      SignalboxClient client = box.clientBuilder().clientName("waiting").build();
      RemoteSemaphore db = client.semaphores().create("db", SemaphoreSpec.max(1).initial(0));
      CompletableFuture<Optional<Permit>> result =
          CompletableFuture.supplyAsync(() -> tryFor(db, ofSeconds(30)));
      SemaphoreInfo seen = box.awaitWaiters("db", 1);
      assertThat(seen.waiters()).extracting(SemaphoreInfo.Waiter::clientName).contains("waiting");
      box.clock().advance(ofSeconds(30));
      assertThat(result.get()).isEmpty();
    }
  }

  private static Optional<Permit> tryFor(RemoteSemaphore semaphore, Duration wait) {
    try {
      return semaphore.tryAcquire(1, wait);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void find_showsWhatAHandleShows() throws Exception {
    try (TestSignalbox box = TestSignalbox.start()) {
      SignalboxClient client = box.client();
      SemaphoreSpec spec = SemaphoreSpec.max(10).refill(5, ofSeconds(2)).idleTtl(ofSeconds(60));
      RemoteSemaphore calls = client.semaphores().create("test/calls", spec);
      RemoteSemaphore db = client.semaphores().create("test/db", SemaphoreSpec.max(3).numbered());
      db.acquire(3);
      CompletableFuture<Permit> waiting = db.acquireAsync(2);
      client.events().create("test/ready", EventSpec.manualReset());
      client.mutexes().create("test/lock").acquire();
      box.settle();

      assertThat(box.find("test/db")).contains(db.info(10));
      assertThat(box.find("test/calls")).contains(calls.info(10));
      assertThat(box.find("test/calls").orElseThrow().refill())
          .contains(new Refill(5, ofSeconds(2)));
      assertThat(box.find("test/ready").orElseThrow().kind()).isEqualTo(ObjectKind.EVENT);
      assertThat(box.find("test/lock").orElseThrow().kind()).isEqualTo(ObjectKind.MUTEX);
      assertThat(box.find("test/none")).isEmpty();
      assertThat(waiting.cancel(true)).isTrue();
    }
  }

  @Test
  void runningBox_keepsTime_andCanBePushedAhead() throws Exception {
    try (TestSignalbox box = TestSignalbox.startRunning()) {
      SignalboxClient client = box.client();
      RemoteSemaphore db = client.semaphores().create("db", SemaphoreSpec.max(1));
      Permit held = db.acquire();
      assertThat(db.tryAcquire(1, Duration.ofMillis(50))).isEmpty();
      CompletableFuture<Optional<Permit>> waiting = db.acquireAsync(1, ofSeconds(300));
      box.clock().advance(ofSeconds(300));
      assertThat(waiting.get()).isEmpty();
      assertThat(held.isHeld()).isTrue();
      assertThat(box.clock().elapsed()).isGreaterThan(ofSeconds(300));
    }
  }

  @Test
  void runningBox_letsTheLeaseOfACrashedClientRunOut_byItself() throws Exception {
    try (TestSignalbox box = TestSignalbox.startRunning()) {
      SignalboxClient doomed = box.clientBuilder().lease(ofSeconds(1)).build();
      doomed.semaphores().create("db", SemaphoreSpec.max(1)).acquire();
      box.crash(doomed);
      assertThat(box.await("db", info -> info.held() == 0).count()).isEqualTo(1);
    }
  }

  @Test
  void closedBox_refusesWhatNeedsIt() {
    TestSignalbox box = TestSignalbox.start();
    SignalboxClient client = box.client();
    box.close();
    box.close();
    assertThat(client.state()).isEqualTo(ClientState.CLOSED);
    assertThatThrownBy(box::settle).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(box::client).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(box::clientBuilder).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> box.cut(client)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void boxesThatAreClosed_leaveNoThreads() throws Exception {
    for (int i = 0; i < 20; i++) {
      try (TestSignalbox box = TestSignalbox.start()) {
        SignalboxClient one = box.client();
        RemoteSemaphore db = one.semaphores().create("db", SemaphoreSpec.max(1));
        CompletableFuture<Permit> taken = db.acquireAsync();
        SignalboxClient doomed = box.client();
        box.cut(one);
        box.crash(doomed);
        assertThat(taken.get().isHeld()).isTrue();
      }
    }
    await().atMost(ofSeconds(20)).untilAsserted(() -> assertThat(threadsOfSignalbox()).isEmpty());
  }

  /** Threads of boxes; other tests of this class run none meanwhile. */
  private static List<String> threadsOfSignalbox() {
    Thread[] threads = new Thread[2 * Thread.activeCount() + 100];
    int count = Thread.enumerate(threads);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String name = threads[i].getName();
      if (name.startsWith("signalbox-") || name.startsWith("grpc-default-worker")) {
        names.add(name);
      }
    }
    return names;
  }
}
