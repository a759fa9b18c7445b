package dev.signalbox.client.callback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.client.LossReason;
import dev.signalbox.client.ReleaseItem;
import dev.signalbox.client.RemoteSemaphore;
import dev.signalbox.client.fixtures.Stub;
import dev.signalbox.server.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class PoolStressTest extends PoolFixture {
  private static final int CALLBACKS = 100_000;
  private static final int INTENTS_EACH = 8;

  private final RemoteSemaphore done = FakeService.semaphore("a/done");

  /** How often the intent of each number was applied. */
  private final AtomicIntegerArray applied = new AtomicIntegerArray(CALLBACKS * INTENTS_EACH + 1);

  private final AtomicIntegerArray returned = new AtomicIntegerArray(CALLBACKS);
  private final AtomicInteger early = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private final BlockingQueue<Leak> leaks = new LinkedBlockingQueue<>();

  /** An instance in the hands of a thread that knows nothing of when its callback returns. */
  private record Leak(CallbackInstance instance, int callback) {
    static final Leak END = new Leak(Stub.of(CallbackInstance.class, "nobody"), -1);
  }

  /**
   * The number of permits tells the intents apart: callback {@code c} registers {@code 8 c + 1} to
   * {@code 8 c + 8}, the first itself and the others from another thread.
   */
  @Test
  @Rule({"C2", "C3", "C4"})
  void intentsRegisteredAsTheCallbackReturns_areAppliedOnceOrRefused() throws Exception {
    service.answering(items -> {
      items.forEach(this::apply);
      return FakeService.applied(items);
    });
    CallbackPool pool = pool(PoolOptions.threads(0, 8));
    AtomicIntegerArray accepted = new AtomicIntegerArray(applied.length());
    List<Thread> meddlers = start(3, () -> meddle(accepted));
    for (int i = 0; i < CALLBACKS; i++) {
      int callback = i;
      pool.submit(instance -> {
        leaks.add(new Leak(instance, callback));
        register(instance, callback * INTENTS_EACH + 1, accepted);
        returned.set(callback, 1);
      });
    }
    pool.close();
    end(meddlers);
    assertThat(applied).hasToString(accepted.toString());
    assertThat(early).as("applied before the callback returned").hasValue(0);
    assertThat(refused.get()).as("some came too late").isPositive();
    assertThat(pool.metrics().succeeded()).isEqualTo(CALLBACKS);
  }

  private void apply(ReleaseItem item) {
    int intent = ((ReleaseItem.Signal) item).permits();
    applied.incrementAndGet(intent);
    if (returned.get((intent - 1) / INTENTS_EACH) == 0) {
      early.incrementAndGet();
    }
  }

  private void meddle(AtomicIntegerArray accepted) {
    for (Leak leak = take(); !leak.equals(Leak.END); leak = take()) {
      for (int i = 2; i <= INTENTS_EACH; i++) {
        register(leak.instance(), leak.callback() * INTENTS_EACH + i, accepted);
      }
    }
  }

  private Leak take() {
    try {
      return leaks.take();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void register(CallbackInstance instance, int intent, AtomicIntegerArray accepted) {
    try {
      instance.releaseSemaphoreWhenCallbackReturns(done, intent);
      accepted.incrementAndGet(intent);
    } catch (IllegalStateException e) {
      refused.incrementAndGet();
    }
  }

  private static List<Thread> start(int count, Runnable work) {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Thread thread = new Thread(work);
      thread.start();
      threads.add(thread);
    }
    return threads;
  }

  private void end(List<Thread> meddlers) throws InterruptedException {
    meddlers.forEach(each -> leaks.add(Leak.END));
    for (Thread meddler : meddlers) {
      meddler.join();
    }
  }

  @Test
  @Rule({"C11", "L4"})
  void lossesAsCallbacksReturn_neverInterruptAnotherCallback() throws Exception {
    service.answering(FakeService::applied);
    CallbackPool pool = pool(PoolOptions.threads(0, 4).interruptOnLoss(true));
    AtomicInteger leaked = new AtomicInteger();
    AtomicInteger interrupted = new AtomicInteger();
    for (int i = 0; i < 20_000; i++) {
      pool.submit(instance -> {
        FakePermit permit = service.permit("a/s");
        instance.releaseWhenCallbackReturns(permit.get());
        permit.lose(LossReason.SESSION_LOST);
        LockSupport.parkNanos(1);
        interrupted.addAndGet(Thread.currentThread().isInterrupted() ? 1 : 0);
      });
      pool.submit(instance -> {
        LockSupport.parkNanos(1);
        leaked.addAndGet(Thread.currentThread().isInterrupted() ? 1 : 0);
      });
    }
    pool.close();
    assertThat(leaked).hasValue(0);
    assertThat(interrupted.get()).as("some heard in time").isPositive();
  }

  @Test
  @Rule("C1")
  void changingMaximum_losesNoCallback() throws Exception {
    CallbackPool pool = pool(PoolOptions.threads(0, 4).queue(50).idleTime(java.time.Duration.ZERO));
    AtomicInteger ran = new AtomicInteger();
    List<Thread> submitters = start(3, () -> submitMany(pool, ran));
    for (int i = 0; i < 2_000; i++) {
      pool.setMaximumThreads(1 + i % 6);
      LockSupport.parkNanos(1);
    }
    for (Thread submitter : submitters) {
      submitter.join();
    }
    pool.close();
    assertThat(ran).hasValue(3 * 30_000);
    assertThat(pool.metrics().threads()).isZero();
  }

  private static void submitMany(CallbackPool pool, AtomicInteger ran) {
    try {
      for (int i = 0; i < 30_000; i++) {
        pool.submit(instance -> ran.incrementAndGet());
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
