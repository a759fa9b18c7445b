package dev.signalbox.client;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.signalbox.client.callback.CallbackHandle;
import dev.signalbox.client.callback.CallbackPool;
import dev.signalbox.client.callback.CallbackState;
import dev.signalbox.client.callback.CleanupGroup;
import dev.signalbox.client.callback.PoolListener;
import dev.signalbox.client.callback.PoolOptions;
import dev.signalbox.client.callback.WaitHandle;
import dev.signalbox.client.callback.WaitObject;
import dev.signalbox.server.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Wait objects against a real server. */
@Timeout(120)
class WaitObjectsTest extends WithServer {
  private static final int MAX = 3;

  private final AtomicInteger ran = new AtomicInteger();
  private final AtomicInteger inside = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private SignalboxClient client;
  private RemoteSemaphore slots;

  @BeforeEach
  void createSemaphore() throws InterruptedException {
    client = client();
    slots = client.semaphores().create("jobs/slots", SemaphoreSpec.max(MAX).ownerOnly());
  }

  private CallbackPool pool(int threads) {
    return client.callbackPool(PoolOptions.threads(0, threads).listener(new Quiet()));
  }

  /** What goes wrong here is meant to. */
  private static final class Quiet implements PoolListener {
    @Override
    public void acquireFailed(CallbackHandle callback, Throwable failure) {}
  }

  private void work() {
    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
    ran.incrementAndGet();
    LockSupport.parkNanos(1);
    inside.decrementAndGet();
  }

  private void everythingIsBack() {
    eventually()
        .untilAsserted(() ->
            assertThat(slots.info())
                .extracting(SemaphoreInfo::count, SemaphoreInfo::held, SemaphoreInfo::waiting)
                .containsExactly(MAX, 0L, 0L));
  }

  @Test
  @Rule({"C9", "C4"})
  void manyWaits_runAFewAtATimeAndGiveTheirGrantsBack() throws Exception {
    List<WaitHandle> waits = new ArrayList<>();
    try (CallbackPool pool = pool(8)) {
      for (int i = 0; i < 512; i++) {
        waits.add(pool.submitWhenAcquired(Acquire.of(slots, 1), (instance, grant) -> work()));
      }
      for (WaitHandle wait : waits) {
        wait.completion().get(20, TimeUnit.SECONDS);
      }
      assertThat(pool.metrics().succeeded()).isEqualTo(512);
    }
    assertThat(ran).hasValue(512);
    assertThat(most.get()).isBetween(1, MAX);
    everythingIsBack();
  }

  @Test
  @Rule({"C9", "A2"})
  void timeOut_isTold() throws Exception {
    slots.acquire(MAX);
    try (CallbackPool pool = pool(1)) {
      WaitHandle wait =
          pool.submitWhenAcquired(
              Acquire.of(slots, 1).within(ofMillis(20)),
              (instance, grant) -> ran.addAndGet(grant.isEmpty() ? 1 : 100));
      wait.completion().get(20, TimeUnit.SECONDS);
    }
    assertThat(ran).hasValue(1);
  }

  @Test
  @Rule({"C9", "A7"})
  void cancelsThatRaceWithGrants_loseNoPermit() throws Exception {
    SplittableRandom random = new SplittableRandom();
    List<WaitHandle> waits = new ArrayList<>();
    List<WaitHandle> cancelled = new ArrayList<>();
    try (CallbackPool pool = pool(2)) {
      for (int round = 0; round < 200; round++) {
        List<WaitHandle> some = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
          some.add(pool.submitWhenAcquired(Acquire.of(slots, 1), (instance, grant) -> work()));
        }
        some.forEach(each -> {
          if (random.nextInt(3) > 0 && each.cancel()) {
            cancelled.add(each);
          }
        });
        waits.addAll(some);
      }
    }
    assertThat(cancelled).allMatch(wait -> wait.state() == CallbackState.CANCELLED);
    assertThat(waits)
        .filteredOn(wait -> wait.state() != CallbackState.CANCELLED)
        .hasSize(ran.get());
    assertThat(most.get()).isBetween(0, MAX);
    everythingIsBack();
  }

  @Test
  @Rule({"C9", "C10"})
  void groupsClosedUnderWaits_loseNoPermit() throws Exception {
    AtomicInteger handled = new AtomicInteger();
    List<WaitHandle> waits = new ArrayList<>();
    try (CallbackPool pool = pool(2)) {
      for (int round = 0; round < 50; round++) {
        CleanupGroup group = pool.cleanupGroup();
        for (int i = 0; i < 20; i++) {
          waits.add(
              group
                  .onCancel(handled::incrementAndGet)
                  .submitWhenAcquired(Acquire.of(slots, 1), (instance, grant) -> work()));
        }
        group.close(true);
      }
    }
    assertThat(waits).allMatch(wait -> wait.completion().isDone());
    assertThat(waits)
        .filteredOn(wait -> wait.state() == CallbackState.CANCELLED)
        .hasSize(handled.get());
    assertThat(ran.get() + handled.get()).isEqualTo(50 * 20);
    everythingIsBack();
  }

  @Test
  @Rule({"C9", "A3"})
  void rearmingObjects_ofOneSemaphoreTakeTurns() throws Exception {
    AtomicInteger[] turns = {new AtomicInteger(), new AtomicInteger(), new AtomicInteger()};
    CallbackPool pool = pool(4);
    List<WaitObject> objects = new ArrayList<>();
    for (AtomicInteger mine : turns) {
      WaitObject object =
          pool.waitObject(
              Acquire.of(slots, 2),
              (instance, grant) -> {
                work();
                mine.incrementAndGet();
              },
              true);
      object.arm();
      objects.add(object);
    }
    eventually().until(() -> List.of(turns).stream().allMatch(mine -> mine.get() >= 100));
    for (WaitObject object : objects) {
      object.close();
      object.awaitCallbacks(true);
    }
    assertThat(most).hasValue(1);
    pool.close();
    everythingIsBack();
  }

  @Test
  @Rule({"C9", "L4"})
  void sessionLost_endsAWaitButNotARearmingObject() throws Exception {
    SignalboxClient cutOff =
        started(
            builder().target(network().target()).lease(ofMinutes(1)).endAfterBreak(Duration.ZERO));
    Permit all = slots.acquire(MAX);
    CallbackPool pool = cutOff.callbackPool(PoolOptions.threads(0, 1).listener(new Quiet()));
    RemoteSemaphore same = cutOff.semaphores().open("jobs/slots");
    WaitHandle once = pool.submitWhenAcquired(Acquire.of(same, 1), (instance, grant) -> work());
    WaitObject object = pool.waitObject(Acquire.of(same, 1), (instance, grant) -> work(), true);
    object.arm();
    eventually().until(() -> slots.info().waiting() == 2);
    network().refuse();
    assertThatThrownBy(() -> once.completion().get(20, TimeUnit.SECONDS))
        .hasCauseInstanceOf(SignalboxException.SessionLost.class);
    network().restore();
    eventually().until(() -> slots.info().waiting() == 1);
    all.close();
    eventually().until(() -> ran.get() > 0);
    assertThat(object.isArmed()).isTrue();
    pool.close();
    everythingIsBack();
  }

  @Test
  @Rule({"C9", "O4"})
  void missingSemaphore_endsARearmingObject() throws Exception {
    CallbackPool pool = pool(1);
    RemoteSemaphore gone = client.semaphores().create("jobs/gone", SemaphoreSpec.max(1));
    client.semaphores().delete("jobs/gone");
    WaitObject object = pool.waitObject(Acquire.of(gone, 1), (instance, grant) -> work(), true);
    object.arm();
    assertThatThrownBy(() -> object.completion().get(20, TimeUnit.SECONDS))
        .hasCauseInstanceOf(SignalboxException.NotFound.class);
    assertThat(object.isArmed()).isFalse();
    pool.close();
  }

  @Test
  @Rule({"C9", "L6"})
  void clientClosed_endsEveryWait() throws Exception {
    slots.acquire(MAX);
    SignalboxClient other = client();
    CallbackPool pool = other.callbackPool(PoolOptions.threads(0, 1).listener(new Quiet()));
    RemoteSemaphore same = other.semaphores().open("jobs/slots");
    WaitObject object = pool.waitObject(Acquire.of(same, 1), (instance, grant) -> work(), true);
    object.arm();
    eventually().until(() -> slots.info().waiting() == 1);
    other.close();
    assertThatThrownBy(() -> object.completion().get(20, TimeUnit.SECONDS))
        .hasCauseInstanceOf(SignalboxException.ClientClosed.class);
    pool.close();
    assertThat(pool.metrics().waits()).isZero();
  }

  @Test
  @Rule({"C9", "C10", "C1"})
  void virtualThreads_runWaitsWorkObjectsAndGroups() throws Exception {
    assumeTrue(Runtime.version().feature() >= 21, "virtual threads need JDK 21");
    ExecutorService threads =
        (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    CallbackPool pool = client.callbackPool(PoolOptions.threads(0, 200).executor(threads));
    CleanupGroup group = pool.cleanupGroup();
    RemoteSemaphore blocking = client.semaphores().create("jobs/blocking", SemaphoreSpec.max(5));
    CountDownLatch all = new CountDownLatch(1_000);
    for (int i = 0; i < 500; i++) {
      group.submitWhenAcquired(
          Acquire.of(slots, 1),
          (instance, grant) -> {
            work();
            all.countDown();
          });
      group
          .work(instance -> {
            instance.disassociateCurrentThread();
            instance.releaseWhenCallbackReturns(blocking.acquire());
            all.countDown();
          })
          .submit();
    }
    assertThat(all.await(ofSeconds(60).toMillis(), TimeUnit.MILLISECONDS)).isTrue();
    group.close(false);
    pool.close();
    assertThat(most.get()).isBetween(1, MAX);
    everythingIsBack();
    threads.shutdown();
  }
}
