package dev.signalbox.client;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.client.callback.CallbackHandle;
import dev.signalbox.client.callback.CallbackInstance;
import dev.signalbox.client.callback.CallbackPool;
import dev.signalbox.client.callback.PoolListener;
import dev.signalbox.client.callback.PoolOptions;
import dev.signalbox.client.fixtures.FaultyNetwork;
import dev.signalbox.server.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Clients that are cut off at random moments, which to the service is the same as killed, while
 * their callbacks register crash-safe signals. The clients live on, and must not send again what
 * the service has carried out.
 */
@Rule({"L8", "C4", "C11"})
@Timeout(120)
class CrashSafeCutsTest extends WithServer {
  private static final int CUTS = 100;
  private static final int AT_A_TIME = 10;
  private static final int LONGEST_MILLIS = 40;

  private final long seed = Long.getLong("cuts.seed", System.nanoTime());
  private final Random random = new Random(seed);

  /** Registrations that were confirmed, and those of which nobody knows. */
  private final AtomicInteger sure = new AtomicInteger();

  private final AtomicInteger unknown = new AtomicInteger();
  private final List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
  private RemoteSemaphore done;
  private RemoteSemaphore alive;

  @BeforeEach
  void create() throws Exception {
    Semaphores semaphores = client().semaphores();
    done = semaphores.create("jobs/done", SemaphoreSpec.max(1_000_000).initial(0));
    alive = semaphores.create("jobs/alive", SemaphoreSpec.max(1000));
  }

  @Test
  void signalsOfSessionsCutOffAtRandom_areAppliedOnceEach() throws Exception {
    System.out.println("cuts.seed=" + seed);
    List<Callable<Integer>> cuts = new ArrayList<>();
    for (int i = 0; i < CUTS; i++) {
      Random own = new Random(random.nextLong());
      cuts.add(() -> cutOffOneMore(own));
    }
    ExecutorService some = Executors.newFixedThreadPool(AT_A_TIME);
    for (Future<Integer> cut : some.invokeAll(cuts)) {
      assertThat(cut.get()).isPositive();
    }
    some.shutdown();
    eventually().until(() -> alive.info().held() == 0);
    assertThat(done.info().count()).isBetween(sure.get(), sure.get() + unknown.get());
    assertThat(sure).hasValueGreaterThan(CUTS);
    assertThat(failures).isEmpty();
  }

  /** Returns how many callbacks it submitted. */
  private int cutOffOneMore(Random dice) throws Exception {
    try (FaultyNetwork own = FaultyNetwork.to(server().port());
        SignalboxClient client = client(own)) {
      CallbackPool pool =
          client.callbackPool(PoolOptions.threads(0, 4).queue(8).listener(new Notes()));
      RemoteSemaphore itsDone = insist(() -> client.semaphores().open("jobs/done"));
      RemoteSemaphore itsAlive = insist(() -> client.semaphores().open("jobs/alive"));
      Permit held = insist(itsAlive::acquire);
      assertThat(held.isHeld()).isTrue();
      int submitted = 0;
      long end = System.nanoTime() + dice.nextInt(LONGEST_MILLIS * 1_000_000);
      do {
        int work = dice.nextInt(500_000);
        pool.submit(instance -> register(instance, itsDone, work));
        submitted++;
      } while (System.nanoTime() < end);
      own.refuse();
      pool.cancelPending();
      assertThat(pool.close(Duration.ofSeconds(20))).isTrue();
      own.restore();
      return submitted;
    }
  }

  /** The client has little patience, so that cuts are short; a busy machine needs more. */
  private static <T> T insist(Callable<T> call) {
    return eventually()
        .ignoreException(SignalboxException.Unavailable.class)
        .until(call, Objects::nonNull);
  }

  private SignalboxClient client(FaultyNetwork own) {
    return builder()
        .target(own.target())
        .lease(ofMinutes(1))
        .endAfterBreak(Duration.ZERO)
        .patience(Duration.ofMillis(20))
        .build();
  }

  private void register(CallbackInstance instance, RemoteSemaphore itsDone, int work) {
    try {
      instance.crashSafe().releaseSemaphoreWhenCallbackReturns(itsDone, 1);
      sure.incrementAndGet();
    } catch (SignalboxException e) {
      if (e.conclusion() == SignalboxException.Conclusion.UNKNOWN) {
        unknown.incrementAndGet();
      }
    }
    LockSupport.parkNanos(work);
  }

  private final class Notes implements PoolListener {
    @Override
    public void intentFailed(CallbackHandle callback, Throwable failure) {
      failures.add(failure);
    }

    @Override
    public void leftToService(CallbackHandle callback, List<ReleaseItem.Signal> signals) {}
  }

  /** The same with connections that break and sessions that live on: nothing is done twice (E1). */
  @RepeatedTest(3)
  @Rule({"L5", "E1"})
  void signalsOverABadNetwork_areAppliedOnceEach() throws Exception {
    SignalboxClient client = remoteClient(ofMinutes(1));
    RemoteSemaphore itsDone = client.semaphores().open("jobs/done");
    CallbackPool pool = client.callbackPool(PoolOptions.threads(0, 4).queue(8));
    for (int i = 0; i < 300; i++) {
      pool.submit(instance -> register(instance, itsDone, 1000));
      if (random.nextInt(30) == 0) {
        network().cut();
      }
    }
    pool.close();
    assertThat(unknown).hasValue(0);
    assertThat(done.info().count()).isEqualTo(sure.get());
    client.close();
    assertThat(done.info().count()).isEqualTo(sure.get());
  }
}
