package dev.signalbox.systemtests.callback;

import dev.signalbox.client.RemoteSemaphore;
import dev.signalbox.client.SignalboxClient;
import dev.signalbox.client.SignalboxClientBuilder;
import dev.signalbox.client.callback.CallbackInstance;
import dev.signalbox.client.callback.CallbackPool;
import dev.signalbox.client.callback.PoolOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * The inside of a {@link CallbacksProcess}: clients whose callbacks each take a permit, register it
 * to go back, register a crash-safe signal and say so, a line each: {@link #BEGUN} before the
 * signal is registered, {@link #REGISTERED} after.
 */
final class CallbacksMain {
  static final String BEGUN = "begun";
  static final String REGISTERED = "registered";

  /** Permits that callbacks hold. */
  static final String DB = "kill/db";

  /** What they signal. */
  static final String DONE = "kill/done";

  private static final int THREADS = 2;
  private static final int LONGEST_WORK_NANOS = 2_000_000;

  private final RemoteSemaphore db;
  private final RemoteSemaphore done;
  private final CallbackPool pool;

  private CallbacksMain(SignalboxClient client) throws InterruptedException {
    db = client.semaphores().open(DB);
    done = client.semaphores().open(DONE);
    pool = client.callbackPool(PoolOptions.threads(THREADS, THREADS).queue(1));
  }

  /**
   * Runs until it is killed, or its input ends.
   *
   * @param args target, lease, how many clients, and {@code hold} for callbacks that never return
   *     or {@code loop} for one after the other, in sessions that end with their connection
   */
  public static void main(String[] args) throws Exception {
    boolean loops = args[3].equals("loop");
    for (int i = 0; i < Integer.parseInt(args[2]); i++) {
      SignalboxClientBuilder builder =
          SignalboxClient.builder().target(args[0]).lease(Duration.parse(args[1]));
      CallbacksMain callbacks =
          new CallbacksMain((loops ? builder.endAfterBreak(Duration.ZERO) : builder).build());
      new Thread(() -> callbacks.run(loops), "callbacks-" + i).start();
    }
    awaitEndOfInput();
    Runtime.getRuntime().halt(0);
  }

  private static void awaitEndOfInput() throws IOException {
    while (System.in.read() >= 0) {
      // Nobody sends anything.
    }
  }

  private void run(boolean loops) {
    try {
      do {
        pool.submit(instance -> {
          register(instance);
          work(loops);
        });
      } while (loops);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void register(CallbackInstance instance) throws InterruptedException {
    instance.releaseWhenCallbackReturns(db.acquire());
    System.out.println(BEGUN);
    instance.crashSafe().releaseSemaphoreWhenCallbackReturns(done, 1);
    System.out.println(REGISTERED);
  }

  private static void work(boolean loops) throws InterruptedException {
    if (loops) {
      LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(LONGEST_WORK_NANOS));
    } else {
      new CountDownLatch(1).await();
    }
  }
}
