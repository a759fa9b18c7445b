package dev.signalbox.client;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.signalbox.client.callback.CallbackHandle;
import dev.signalbox.client.callback.CallbackPool;
import dev.signalbox.client.callback.PermitsLostException;
import dev.signalbox.client.callback.PoolListener;
import dev.signalbox.client.callback.PoolOptions;
import dev.signalbox.server.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The intents that release mutexes and set events, against a real server. */
@Timeout(60)
class MutexAndEventIntentsTest extends WithServer {
  private SignalboxClient client;
  private RemoteMutex mutex;
  private RemoteEvent event;

  @BeforeEach
  void create() throws Exception {
    client = client();
    mutex = client.mutexes().create("a/m");
    event = client.events().create("a/e", EventSpec.autoReset());
  }

  /** What fails is in the completion. */
  private static PoolOptions quiet(int most) {
    return PoolOptions.threads(0, most)
        .listener(
            new PoolListener() {
              @Override
              public void intentFailed(CallbackHandle callback, Throwable failure) {}
            });
  }

  private static Throwable failureOf(CallbackHandle handle) {
    Throwable seen = catchThrowable(() -> handle.completion().get(20, TimeUnit.SECONDS));
    return Objects.requireNonNull(seen.getCause());
  }

  @Test
  @Rule({"C2", "C4", "M2"})
  void callbacksUnderAMutex_followEachOther_andEachReleasesAndSignalsInOneStep() throws Exception {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<CallbackHandle> handles = new ArrayList<>();
    try (CallbackPool pool = client.callbackPool(PoolOptions.threads(0, 4))) {
      for (int i = 0; i < 200; i++) {
        handles.add(
            pool.submit(instance -> {
              var unused = mutex.acquire();
              instance.setEventWhenCallbackReturns(event);
              instance.releaseMutexWhenCallbackReturns(mutex);
              most.accumulateAndGet(inside.incrementAndGet(), Math::max);
              inside.decrementAndGet();
            }));
      }
      for (CallbackHandle handle : handles) {
        handle.completion().get(20, TimeUnit.SECONDS);
      }
    }
    assertThat(most).hasValue(1);
    assertThat(mutex.info().count()).isEqualTo(1);
    assertThat(event.info().count()).isEqualTo(1);
    assertThat(mutex.acquire().parts().get(0).epochs()).containsExactly(201L);
  }

  @Test
  @Rule({"C4", "R3"})
  void whoeverWaitsForTheEvent_findsTheMutexReleased() throws Exception {
    SignalboxClient other = client();
    Acquire both =
        Acquire.allOf(other.events().open("a/e").signal(), other.mutexes().open("a/m").permit());
    CountDownLatch gate = new CountDownLatch(1);
    try (CallbackPool pool = client.callbackPool(PoolOptions.threads(0, 1))) {
      CallbackHandle handle =
          pool.submit(instance -> {
            var unused = mutex.acquire();
            instance.setEventWhenCallbackReturns(event);
            instance.releaseMutexWhenCallbackReturns(mutex);
            gate.await();
          });
      eventually().until(() -> mutex.info().held() == 1);
      CompletableFuture<Optional<Permit>> next = other.acquireAsync(both);
      assertThat(event.info().count()).as("nothing happens while it runs").isZero();
      gate.countDown();
      handle.completion().get(20, TimeUnit.SECONDS);
      assertThat(next.get(20, TimeUnit.SECONDS)).isPresent();
    }
  }

  @Test
  @Rule({"C6", "M4"})
  void mutexThatIsNotHeld_refusesTheBatch_butWhatIsHeldGoesBack() throws Exception {
    RemoteMutex held = client.mutexes().create("a/held");
    RemoteSemaphore s = client.semaphores().create("a/s", SemaphoreSpec.max(1));
    try (CallbackPool pool = client.callbackPool(quiet(1))) {
      CallbackHandle handle =
          pool.submit(instance -> {
            var unused = held.acquire();
            instance.releaseWhenCallbackReturns(s.acquire());
            instance.releaseMutexWhenCallbackReturns(mutex);
            instance.releaseMutexWhenCallbackReturns(held);
            instance.setEventWhenCallbackReturns(event);
          });
      assertThat(failureOf(handle)).isInstanceOf(SignalboxException.NotHeld.class);
    }
    assertThat(s.info().held()).isZero();
    assertThat(held.info().held()).isZero();
    assertThat(held.info().abandoned()).isFalse();
    assertThat(event.info().count()).as("nothing else of it was done").isZero();
  }

  @Test
  @Rule({"C11", "M3"})
  void sessionLostWhileTheCallbackRuns_voidsTheReleaseOfItsMutex_theEventIsStillSet()
      throws Exception {
    SignalboxClient frail =
        started(
            builder().target(network().target()).lease(ofMinutes(1)).endAfterBreak(Duration.ZERO));
    RemoteMutex lost = frail.mutexes().open("a/m");
    RemoteEvent same = frail.events().open("a/e");
    CountDownLatch gate = new CountDownLatch(1);
    CompletableFuture<Permit> running = new CompletableFuture<>();
    try (CallbackPool pool = frail.callbackPool(quiet(1))) {
      CallbackHandle handle =
          pool.submit(instance -> {
            running.complete(lost.acquire());
            instance.releaseMutexWhenCallbackReturns(lost);
            instance.setEventWhenCallbackReturns(same);
            gate.await();
          });
      Permit permit = running.get(20, TimeUnit.SECONDS);
      CompletableFuture<Permit> next = mutex.acquireAsync();
      network().cut();
      assertThat(next.get(20, TimeUnit.SECONDS).isAbandoned()).isTrue();
      eventually().until(() -> !permit.isHeld());
      gate.countDown();
      assertThat(failureOf(handle)).isInstanceOf(PermitsLostException.class);
    }
    assertThat(mutex.info().held()).as("the next owner's").isEqualTo(1);
    assertThat(event.info().count()).isEqualTo(1);
  }
}
