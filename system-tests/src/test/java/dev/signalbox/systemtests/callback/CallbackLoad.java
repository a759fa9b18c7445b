package dev.signalbox.systemtests.callback;

import static org.awaitility.Awaitility.await;

import dev.signalbox.client.RemoteEvent;
import dev.signalbox.client.callback.Callback;
import dev.signalbox.client.callback.CallbackPool;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Submits callbacks of {@link ThreeIntents} and follows each of them up. A callback has its event
 * to itself until it is complete and one wait has been let through by the event; only then is the
 * event given to another one. So there are never more callbacks in memory than events. One thread
 * submits.
 */
final class CallbackLoad {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** More than can be under way in the pool, so that its threads never lack work. */
  private static final int EVENTS = 8_192;

  private final CallbackPool pool;
  private final ThreeIntents intents;
  private final Progress progress;
  private final BlockingQueue<RemoteEvent> free = new ArrayBlockingQueue<>(EVENTS);

  CallbackLoad(CallbackPool pool, ThreeIntents intents, Progress progress) {
    this.pool = pool;
    this.intents = intents;
    this.progress = progress;
    free.addAll(intents.createEvents(EVENTS));
  }

  /** Submits one that returns at once. */
  void submit() throws InterruptedException {
    submit(instance -> {});
  }

  /**
   * Submits some that do not return before the gate is opened, and waits until they have registered
   * all of their intents.
   */
  void submitHeld(int callbacks, CountDownLatch gate) throws InterruptedException {
    CountDownLatch registered = new CountDownLatch(callbacks);
    for (int i = 0; i < callbacks; i++) {
      submit(instance -> {
        registered.countDown();
        gate.await();
      });
    }
    if (!registered.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError(registered.getCount() + " callbacks did not run");
    }
  }

  private void submit(Callback rest) throws InterruptedException {
    RemoteEvent event = free.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    if (event == null) {
      throw new AssertionError("no callback is followed up any more: " + pool.metrics());
    }
    Callback callback =
        instance -> {
          intents.register(instance, event);
          rest.run(instance);
          progress.returns();
        };
    var unused =
        pool.submit(callback)
            .completion()
            .whenComplete((done, failure) -> completed(event, failure));
  }

  private void completed(RemoteEvent event, @Nullable Throwable failure) {
    if (failure == null) {
      progress.completes();
    } else {
      progress.fails(failure);
    }
    var unused =
        event
            .awaitAsync(Duration.ZERO)
            .whenComplete((set, trouble) -> followedUp(event, set, trouble));
  }

  private void followedUp(RemoteEvent event, @Nullable Boolean set, @Nullable Throwable trouble) {
    if (trouble != null) {
      progress.fails(trouble);
    } else if (!Boolean.TRUE.equals(set)) {
      progress.fails(new AssertionError("a callback was complete, but its event is not set"));
    }
    free.add(event);
  }

  /** Waits until all that were submitted are complete and followed up. */
  void awaitQuiet() {
    await("all callbacks to be followed up")
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .until(() -> free.size() == EVENTS);
    progress.checkNothingFailed();
  }
}
