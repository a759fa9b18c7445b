package dev.signalbox.client.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.signalbox.client.Acquire;
import dev.signalbox.client.LossReason;
import dev.signalbox.server.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Grants, cancels, closings and submits at random against one another. Whatever wins, each grant is
 * given back once, each callback runs or is cancelled, and each handler runs at most once.
 */
class PoolRacesTest extends PoolFixture {
  private static final Acquire REQUEST = Acquire.of(FakeService.semaphore("a/s"), 1);

  private final SplittableRandom random = seeded();

  private static SplittableRandom seeded() {
    long seed = Long.getLong("pool.seed", System.nanoTime());
    System.out.println("PoolRacesTest: -Dpool.seed=" + seed);
    return new SplittableRandom(seed);
  }

  /** Runs the actions at once, each on a thread of its own. */
  private static void race(List<Action> actions) throws Exception {
    CyclicBarrier start = new CyclicBarrier(actions.size());
    List<Thread> threads = new ArrayList<>();
    List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    for (Action action : actions) {
      Thread thread =
          new Thread(() -> {
            try {
              start.await(20, TimeUnit.SECONDS);
              action.run();
            } catch (Throwable e) {
              failures.add(e);
            }
          });
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join(Duration.ofSeconds(20).toMillis());
      assertThat(thread.isAlive()).as("stuck").isFalse();
    }
    assertThat(failures).isEmpty();
  }

  private interface Action {
    void run() throws Exception;
  }

  /** Gives permits back as the service would; one that is given back twice is noted. */
  private void answerReleases() {
    service.answering(items -> {
      items.forEach(item -> {
        if (item instanceof dev.signalbox.client.ReleaseItem.GiveBack part) {
          part.permit().close();
        }
      });
      return FakeService.applied(items);
    });
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  @Rule("C9")
  void cancelAgainstGrantAgainstPoolClose_everyGrantGoesBackOnce(int threads) throws Exception {
    answerReleases();
    for (int round = 0; round < 400; round++) {
      CallbackPool pool = pool(PoolOptions.threads(0, threads).queue(2));
      AtomicInteger ran = new AtomicInteger();
      List<WaitHandle> waits = new ArrayList<>();
      List<FakeService.Acquiring> asked = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        waits.add(pool.submitWhenAcquired(REQUEST, (instance, grant) -> ran.incrementAndGet()));
        asked.add(service.nextAcquire());
      }
      List<FakePermit> granted = Collections.synchronizedList(new ArrayList<>());
      List<Integer> cancelled = Collections.synchronizedList(new ArrayList<>());
      List<Action> actions = new ArrayList<>();
      actions.add(() -> asked.forEach(each -> granted.add(each.grant())));
      actions.add(() -> cancel(waits, cancelled));
      if (random.nextBoolean()) {
        actions.add(pool::close);
      }
      if (random.nextBoolean()) {
        actions.add(pool::cancelPending);
      }
      race(actions);
      pool.close();
      int neverRan = 0;
      for (WaitHandle wait : waits) {
        neverRan += ended(wait) ? 0 : 1;
      }
      service.idle();
      assertThat(granted).allSatisfy(each -> assertThat(each.timesClosed()).isEqualTo(1));
      assertThat(ran.get() + neverRan).isEqualTo(6);
      assertThat(cancelled).allSatisfy(i -> assertThat(waits.get(i).completion()).isCancelled());
      assertThat(pool.metrics().waits()).isZero();
      assertThat(pool.metrics().submitted())
          .isEqualTo(pool.metrics().succeeded() + pool.metrics().cancelled());
    }
  }

  private static void cancel(List<WaitHandle> waits, List<Integer> cancelled) {
    for (int i = 0; i < waits.size(); i += 2) {
      if (waits.get(i).cancel()) {
        cancelled.add(i);
      }
    }
  }

  /** Whether it ran; false: it was cancelled. */
  private static boolean ended(CallbackHandle callback) throws Exception {
    try {
      callback.completion().get(20, TimeUnit.SECONDS);
      return true;
    } catch (CancellationException e) {
      return false;
    } catch (ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  /** What one round of closings saw. */
  private static final class Seen {
    final AtomicInteger ran = new AtomicInteger();
    final ConcurrentLinkedQueue<CallbackHandle> accepted = new ConcurrentLinkedQueue<>();
    final ConcurrentLinkedQueue<FakePermit> granted = new ConcurrentLinkedQueue<>();
    final List<AtomicInteger> handled = Collections.synchronizedList(new ArrayList<>());
    final AtomicInteger afterClose = new AtomicInteger();
    volatile boolean closed;

    /** A handler of its own for each object. */
    CallbackSubmitter members(CleanupGroup group) {
      AtomicInteger times = new AtomicInteger();
      handled.add(times);
      return group.onCancel(times::incrementAndGet);
    }

    void run() {
      afterClose.addAndGet(closed ? 1 : 0);
      ran.incrementAndGet();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  @Rule({"C10", "C9"})
  void twoClosersAgainstSubmits_everythingRunsOrIsCancelledOnce(int threads) throws Exception {
    answerReleases();
    for (int round = 0; round < 400; round++) {
      CallbackPool pool = pool(PoolOptions.threads(0, threads).queue(4));
      CleanupGroup group = pool.cleanupGroup();
      Seen seen = new Seen();
      boolean cancels = random.nextBoolean();
      WaitObject object =
          seen.members(group).waitObject(REQUEST, (instance, grant) -> seen.run(), true);
      object.arm();
      FakeService.Acquiring first = service.nextAcquire();
      race(
          List.of(
              () -> submitSingles(group, seen),
              () -> submitRuns(seen.members(group).work(instance -> seen.run()), seen),
              () -> submitWaits(group, seen),
              () -> seen.granted.add(first.grant()),
              () -> close(group, true, seen),
              () -> close(group, cancels, seen)));
      int ran = 0;
      for (CallbackHandle each : seen.accepted) {
        ran += ended(each) ? 1 : 0;
      }
      assertThat(ended(object)).isFalse();
      service.idle();
      assertThat(seen.granted).allSatisfy(each -> assertThat(each.timesClosed()).isEqualTo(1));
      assertThat(seen.ran.get()).as("those of the wait object beside").isBetween(ran, ran + 1);
      assertThat(seen.handled).allSatisfy(each -> assertThat(each.get()).isBetween(0, 1));
      assertThat(seen.afterClose).as("callbacks that ran after a close had returned").hasValue(0);
      assertThat(pool.metrics().queued()).isZero();
      service.forgetAcquires();
    }
  }

  private static boolean ended(WaitObject object) throws Exception {
    try {
      object.completion().get(20, TimeUnit.SECONDS);
      return true;
    } catch (CancellationException e) {
      return false;
    }
  }

  private static void submitSingles(CleanupGroup group, Seen seen) throws Exception {
    try {
      for (int i = 0; i < 20; i++) {
        seen.accepted.add(seen.members(group).submit(instance -> seen.run()));
      }
    } catch (RejectedExecutionException e) {
      // The group is closed.
    }
  }

  private static void submitRuns(Work work, Seen seen) throws Exception {
    Optional<CallbackHandle> run = work.trySubmit();
    for (int i = 0; i < 20; i++) {
      run.ifPresent(seen.accepted::add);
      run = work.trySubmit();
    }
    run.ifPresent(seen.accepted::add);
    work.awaitCallbacks(true);
  }

  private void submitWaits(CleanupGroup group, Seen seen) {
    try {
      for (int i = 0; i < 5; i++) {
        Acquire request = Acquire.of(FakeService.semaphore("a/s"), 1);
        FakePermit permit = service.prepare(request);
        seen.accepted.add(
            seen.members(group).submitWhenAcquired(request, (instance, grant) -> seen.run()));
        seen.granted.add(permit);
      }
    } catch (RejectedExecutionException e) {
      // The group is closed.
    }
  }

  private static void close(CleanupGroup group, boolean cancelPending, Seen seen) {
    group.close(cancelPending);
    seen.closed = true;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  @Rule({"C9", "C11"})
  void lossAgainstStart_givesBackOrReports(int threads) throws Exception {
    service.answering(FakeService::applied);
    CallbackPool pool = pool(PoolOptions.threads(0, threads));
    List<WaitHandle> all = new ArrayList<>();
    AtomicInteger ran = new AtomicInteger();
    for (int i = 0; i < 500; i++) {
      all.add(pool.submitWhenAcquired(REQUEST, (instance, grant) -> ran.incrementAndGet()));
      service.nextAcquire().grant().lose(LossReason.SESSION_LOST);
    }
    await().until(() -> all.stream().allMatch(wait -> wait.completion().isDone()));
    pool.close();
    assertThat(ran.get() + notAcquired.size()).isEqualTo(500);
    assertThat(pool.metrics().acquiresFailed()).isEqualTo(notAcquired.size());
  }
}
