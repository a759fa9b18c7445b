package dev.signalbox.client;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.client.callback.Callback;
import dev.signalbox.client.callback.CallbackHandle;
import dev.signalbox.client.callback.CallbackPool;
import dev.signalbox.client.callback.CallbackState;
import dev.signalbox.client.callback.PermitsLostException;
import dev.signalbox.client.callback.PoolListener;
import dev.signalbox.client.callback.PoolOptions;
import dev.signalbox.server.Rule;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pools against a real server. */
@Timeout(60)
class CallbackPoolTest extends WithServer {
  private final AtomicInteger inside = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private final CountDownLatch gate = new CountDownLatch(1);
  private final CountDownLatch holds = new CountDownLatch(1);

  @Test
  @Rule({"C2", "C4", "C5", "R6"})
  void permitsOfFour_areEnoughForThreePoolsHoweverTheirCallbacksReturn() throws Exception {
    List<CallbackPool> pools = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      SignalboxClient client = client();
      CallbackPool pool = client.callbackPool(PoolOptions.threads(0, 6).listener(quiet()));
      pools.add(pool);
      submit(300, pool, client.semaphores().create("jobs/slots", SemaphoreSpec.max(4)));
    }
    pools.forEach(CallbackPool::close);
    assertThat(most).hasValue(4);
    assertThat(pools)
        .allSatisfy(pool -> {
          assertThat(pool.metrics().succeeded()).isEqualTo(200);
          assertThat(pool.metrics().threw()).isEqualTo(100);
          assertThat(pool.metrics().releasesRefused()).isZero();
        });
    SemaphoreInfo info = client().semaphores().open("jobs/slots").info();
    assertThat(info.count()).isEqualTo(4);
    assertThat(info.held()).isZero();
  }

  private void submit(int callbacks, CallbackPool pool, RemoteSemaphore slots)
      throws InterruptedException {
    for (int i = 0; i < callbacks; i++) {
      boolean throwing = i % 3 == 0;
      pool.submit(instance -> {
        instance.releaseWhenCallbackReturns(slots.acquire());
        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
        java.util.concurrent.locks.LockSupport.parkNanos(1);
        inside.decrementAndGet();
        if (throwing) {
          throw new IOException("as it should");
        }
      });
    }
  }

  @Test
  @Rule("C4")
  void completion_meansThatTheReleaseWasApplied() throws Exception {
    SignalboxClient client = client();
    RemoteSemaphore db = client.semaphores().create("jobs/db", SemaphoreSpec.max(1));
    RemoteSemaphore done =
        client.semaphores().create("jobs/done", SemaphoreSpec.max(100).initial(0));
    try (CallbackPool pool = client.callbackPool(PoolOptions.threads(0, 2))) {
      for (int i = 1; i <= 50; i++) {
        CallbackHandle handle =
            pool.submit(instance -> {
              instance.releaseSemaphoreWhenCallbackReturns(done, 1);
              instance.releaseWhenCallbackReturns(db.acquire());
            });
        handle.completion().get(20, TimeUnit.SECONDS);
        assertThat(done.info().count()).isEqualTo(i);
        assertThat(db.info().count()).isEqualTo(1);
      }
    }
  }

  @Test
  @Rule({"C6", "R2", "R3"})
  void refusedBatch_changesNothingButGivesHeldPermitsBack() throws Exception {
    SignalboxClient client = client();
    RemoteSemaphore db = client.semaphores().create("jobs/db", SemaphoreSpec.max(2));
    RemoteSemaphore full = client.semaphores().create("jobs/full", SemaphoreSpec.max(3));
    RemoteSemaphore done = client.semaphores().create("jobs/done", SemaphoreSpec.max(9).initial(0));
    try (CallbackPool pool = client.callbackPool(PoolOptions.threads(0, 2).listener(quiet()))) {
      CallbackHandle handle =
          pool.submit(instance -> {
            instance.releaseSemaphoreWhenCallbackReturns(done, 1);
            instance.releaseSemaphoreWhenCallbackReturns(full, 1);
            instance.releaseWhenCallbackReturns(db.acquire(2));
          });
      assertThatThrownBy(() -> handle.completion().get(20, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(SignalboxException.TooManyPosts.class);
      assertThat(db.info().count()).isEqualTo(2);
      assertThat(db.info().held()).isZero();
      assertThat(full.info().count()).isEqualTo(3);
      assertThat(done.info().count()).isZero();
      assertThat(pool.metrics().releasesRefused()).isEqualTo(1);
    }
  }

  @Test
  @Rule({"C11", "L4"})
  void sessionLostWhileACallbackRuns_interruptsItAndVoidsItsIntent() throws Exception {
    SignalboxClient cutOff = losingClient();
    RemoteSemaphore db = cutOff.semaphores().create("jobs/db", SemaphoreSpec.max(1));
    CallbackPool pool =
        cutOff.callbackPool(PoolOptions.threads(0, 1).interruptOnLoss(true).listener(quiet()));
    CallbackHandle handle =
        pool.submit(instance -> {
          instance.releaseWhenCallbackReturns(db.acquire());
          holds.countDown();
          network().refuse();
          assertThatThrownBy(gate::await).isInstanceOf(InterruptedException.class);
          assertThat(instance.isCancelled()).isTrue();
        });
    assertThat(holds.await(20, TimeUnit.SECONDS)).isTrue();
    Permit next = client().semaphores().open("jobs/db").acquire();
    network().restore();
    assertThatThrownBy(() -> handle.completion().get(20, TimeUnit.SECONDS))
        .hasCauseInstanceOf(PermitsLostException.class);
    assertThat(next.isHeld()).isTrue();
    SemaphoreInfo info = db.info();
    assertThat(info.count()).isZero();
    assertThat(info.held()).isEqualTo(1);
    pool.close();
  }

  @Test
  @Rule("C11")
  void signalThatGivesNothingBack_isSentInTheNextSession() throws Exception {
    SignalboxClient cutOff = losingClient();
    RemoteSemaphore db = cutOff.semaphores().create("jobs/db", SemaphoreSpec.max(1));
    RemoteSemaphore done = cutOff.semaphores().create("jobs/done", SemaphoreSpec.max(9).initial(0));
    CallbackPool pool = cutOff.callbackPool(PoolOptions.threads(0, 1).listener(quiet()));
    CallbackHandle handle =
        pool.submit(instance -> {
          Permit permit = db.acquire();
          instance.releaseWhenCallbackReturns(permit);
          instance.releaseSemaphoreWhenCallbackReturns(done, 1);
          network().refuse();
          eventually().until(() -> !permit.isHeld());
          network().restore();
        });
    assertThatThrownBy(() -> handle.completion().get(20, TimeUnit.SECONDS))
        .hasCauseInstanceOf(PermitsLostException.class);
    assertThat(done.info().count()).isEqualTo(1);
    pool.close();
  }

  @Test
  @Rule({"C11", "R5", "R6"})
  void plainReleaseOfALostPermit_neverReleasesItASecondTime() throws Exception {
    SignalboxClient cutOff = losingClient();
    RemoteSemaphore db = cutOff.semaphores().create("jobs/db", SemaphoreSpec.max(2));
    CallbackPool pool = cutOff.callbackPool(PoolOptions.threads(0, 1).listener(quiet()));
    CallbackHandle handle =
        pool.submit(instance -> {
          Permit permit = db.acquire();
          instance.releaseSemaphoreWhenCallbackReturns(db, 1);
          holds.countDown();
          network().refuse();
          eventually().until(() -> !permit.isHeld());
          gate.await();
        });
    assertThat(holds.await(20, TimeUnit.SECONDS)).isTrue();
    RemoteSemaphore seen = client().semaphores().open("jobs/db");
    eventually().until(() -> seen.info().held() == 0);
    seen.acquire();
    network().restore();
    gate.countDown();
    assertThatThrownBy(() -> handle.completion().get(20, TimeUnit.SECONDS))
        .hasCauseInstanceOf(PermitsLostException.class);
    assertThat(seen.info().count()).isEqualTo(1);
    pool.close();
  }

  @Test
  @Rule({"C4", "L6"})
  void clientClosedWhileAPoolRuns_endsItsReleasesAndTheirCallbacks() throws Exception {
    SignalboxClient client = client();
    RemoteSemaphore db = client.semaphores().create("jobs/db", SemaphoreSpec.max(4));
    CallbackPool pool = client.callbackPool(PoolOptions.threads(0, 4).listener(quiet()));
    List<CallbackHandle> handles = new ArrayList<>();
    Callback holding =
        instance -> {
          instance.releaseWhenCallbackReturns(db.acquire());
          gate.await();
        };
    for (int i = 0; i < 4; i++) {
      handles.add(pool.submit(holding));
    }
    eventually().until(() -> db.info().held() == 4);
    client.close();
    gate.countDown();
    pool.close();
    assertThat(handles).allMatch(handle -> handle.state() == CallbackState.COMPLETE);
    assertThat(pool.metrics().failed()).isEqualTo(4);
    assertThat(client().semaphores().open("jobs/db").info().count()).isEqualTo(4);
  }

  /** What goes wrong here is meant to. */
  private static PoolListener quiet() {
    return new PoolListener() {
      @Override
      public void callbackThrew(CallbackHandle callback, Throwable thrown) {}

      @Override
      public void intentFailed(CallbackHandle callback, Throwable failure) {}
    };
  }

  /** A client that loses its session as soon as its connection breaks (L9). */
  private SignalboxClient losingClient() {
    return started(
        builder().target(network().target()).lease(ofMinutes(1)).endAfterBreak(Duration.ZERO));
  }
}
