package dev.signalbox.systemtests.callback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.client.RemoteSemaphore;
import dev.signalbox.client.SignalboxClient;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the two counts of {@link ThreeIntents} all the time, on a thread of its own, and holds
 * them against each other and against the {@link Progress} of the callbacks.
 */
final class CountWatch {
  private final RemoteSemaphore one;
  private final RemoteSemaphore two;
  private final Progress progress;
  private final Thread thread = new Thread(this::watch, "count-watch");
  private volatile boolean ending;
  private volatile int looks;
  private volatile @Nullable Throwable failure;

  private CountWatch(SignalboxClient client, Progress progress) throws InterruptedException {
    one = client.semaphores().open(ThreeIntents.ONE);
    two = client.semaphores().open(ThreeIntents.TWO);
    this.progress = progress;
    thread.setDaemon(true);
  }

  static CountWatch start(SignalboxClient client, Progress progress) throws InterruptedException {
    CountWatch watch = new CountWatch(client, progress);
    watch.thread.start();
    return watch;
  }

  private void watch() {
    try {
      for (int number = 1; !ending; number++) {
        look();
        looks = number;
      }
    } catch (Throwable e) {
      failure = e;
    }
  }

  private void look() throws InterruptedException {
    int complete = progress.complete();
    int first = one.info().count();
    int between = two.info().count();
    int second = one.info().count();
    int returning = progress.returning();
    assertThat(first).as("callbacks applied, some being complete").isBetween(complete, second);
    assertThat(second).as("callbacks applied, some returning").isLessThanOrEqualTo(returning);
    assertThat(between).as("permits of two").isBetween(2 * first, 2 * second);
  }

  /**
   * Ends it, and fails if anything was seen that must not be.
   *
   * @return how often it has looked
   */
  int finish() throws InterruptedException {
    ending = true;
    thread.join(TimeUnit.MINUTES.toMillis(2));
    if (failure != null || thread.isAlive()) {
      throw new AssertionError("after " + looks + " looks", failure);
    }
    return looks;
  }
}
