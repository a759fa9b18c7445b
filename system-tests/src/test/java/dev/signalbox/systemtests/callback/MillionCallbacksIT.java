package dev.signalbox.systemtests.callback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.client.SessionListener;
import dev.signalbox.client.SignalboxClient;
import dev.signalbox.client.callback.CallbackPool;
import dev.signalbox.client.callback.PoolOptions;
import dev.signalbox.server.Rule;
import dev.signalbox.systemtests.faults.Node;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A million callbacks through one pool, with three intents each: two semaphores and an event. The
 * server is killed and started again in between, while thousands of releases are under way, and
 * while callbacks have registered their intents and do not return.
 *
 * <p>Of the semaphores everything can be shown, as they count: that in the end, and whenever all
 * callbacks are complete, each intent was applied once; that at no time more were applied than
 * callbacks had come to their end, or fewer than were complete; that nothing is applied while a
 * callback runs; that both are applied in one step.
 *
 * <p>An event does not count: set twice it is as if set once (V2), so a second set can be told only
 * if something was let through in between. Therefore each callback has an event of its own while it
 * is under way, which must let one wait through when the callback is complete, and after the last
 * one must not be set: so each set was applied, before the completion, and none came after the
 * wait. A second set before it could not be seen here. But the three are one request, and the
 * counts tell that no request was applied twice.
 */
class MillionCallbacksIT {
  private static final boolean BRIEF = System.getenv("CI") != null;
  private static final int CALLBACKS = Integer.getInteger("callbacks.count", 1_000_000);

  /** Kills under load; there is another one while callbacks are held, after each. */
  private static final int KILLS = Integer.getInteger("callbacks.kills", BRIEF ? 3 : 5);

  private static final int THREADS = 8;
  private static final Duration LEASE = Duration.ofMinutes(2);

  private final long seed = Long.getLong("callbacks.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final AtomicInteger lostSessions = new AtomicInteger();
  private final Progress progress = new Progress();
  private Node node;
  private SignalboxClient client;
  private SignalboxClient observer;
  private CallbackPool pool;

  @TempDir Path folder;

  @BeforeEach
  void start() {
    node = Node.alone("million-callbacks", folder.resolve("data"));
    node.awaitService();
    client = connect();
    observer = connect();
    pool = client.callbackPool(PoolOptions.threads(THREADS, THREADS));
  }

  @AfterEach
  void stop() throws InterruptedException {
    boolean complete = pool.close(Duration.ofSeconds(20));
    client.close();
    observer.close();
    node.close();
    assertThat(complete).isTrue();
  }

  private SignalboxClient connect() {
    SessionListener listener =
        new SessionListener() {
          @Override
          public void sessionLost() {
            lostSessions.incrementAndGet();
          }
        };
    return SignalboxClient.builder()
        .target(node.target())
        .lease(LEASE)
        .patience(LEASE)
        .listener(listener)
        .build();
  }

  @Test
  @Rule({"C4", "E1", "L5", "R3", "V2"})
  void intentsOfAMillionCallbacks_areAppliedOnceEach_andNoneBeforeItsReturn() throws Exception {
    System.out.println("callbacks.seed=" + seed);
    ThreeIntents intents = new ThreeIntents(client);
    CallbackLoad load = new CallbackLoad(pool, intents, progress);
    CountWatch watch = CountWatch.start(observer, progress);
    long nanos = 0;
    for (int lap = 1, done = 0; lap <= KILLS; lap++) {
      int until = (int) ((long) CALLBACKS * lap / KILLS);
      nanos += runAndKill(load, until - THREADS - done);
      intents.checkApplied("all complete", until - THREADS);
      nanos += holdAndKill(load, intents, until - THREADS);
      intents.checkApplied("all complete", until);
      done = until;
    }
    report(nanos, watch.finish());
    assertThat(progress.complete()).isEqualTo(CALLBACKS);
    assertThat(pool.metrics().succeeded()).isEqualTo(CALLBACKS);
    assertThat(lostSessions).hasValue(0);
  }

  /** Says how long the callbacks took, the restart included. */
  private long runAndKill(CallbackLoad load, int callbacks) throws InterruptedException {
    int last = random.nextInt(callbacks / 4, callbacks);
    long start = System.nanoTime();
    progress.resume();
    for (int i = 0; i < callbacks; i++) {
      load.submit();
      if (i == last) {
        killAndStart();
      }
    }
    load.awaitQuiet();
    return System.nanoTime() - start;
  }

  /** Holds one callback for each thread, and says how long they took when they were let go. */
  private long holdAndKill(CallbackLoad load, ThreeIntents intents, int before)
      throws InterruptedException {
    CountDownLatch gate = new CountDownLatch(1);
    try {
      load.submitHeld(THREADS, gate);
      intents.checkApplied("some registered", before);
      killAndStart();
      intents.checkApplied("some registered, the server killed", before);
    } finally {
      gate.countDown();
    }
    long start = System.nanoTime();
    progress.resume();
    load.awaitQuiet();
    return System.nanoTime() - start;
  }

  /** Those who submit and run callbacks do not wait for its return. */
  private void killAndStart() {
    node.kill();
    node.start();
  }

  private void report(long nanos, int looks) {
    double seconds = nanos / 1e9;
    double moving = (nanos - progress.standstillNanos()) / 1e9;
    System.out.printf(
        "%d callbacks in %.1f s: %.0f/s, %.0f/s but for standstills, the longest of %d ms;"
            + " %d kills under load, %d while callbacks were held; %d looks at the counts%n",
        CALLBACKS,
        seconds,
        CALLBACKS / seconds,
        CALLBACKS / moving,
        progress.longestNanos() / 1_000_000,
        KILLS,
        KILLS,
        looks);
  }
}
