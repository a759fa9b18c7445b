package dev.signalbox.client;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.server.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Threads that wait for the futures of asynchronous calls. */
class WaitForFutureTest extends WithServer {
  @Test
  void wait_inAContinuation_isEndedByTheAnswer() throws Exception {
    RemoteSemaphore a = client().semaphores().create("a", SemaphoreSpec.max(3));
    CompletableFuture<Permit> third =
        a.acquireAsync()
            .thenApply(first -> taken(a.acquireAsync(), true))
            .thenApply(second -> taken(a.acquireAsync(), false));
    assertThat(third.get(60, TimeUnit.SECONDS).isHeld()).isTrue();
  }

  private static Permit taken(CompletableFuture<Permit> future, boolean timed) {
    try {
      return timed ? future.get(20, TimeUnit.SECONDS) : future.get();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whatHangsOnTheFuture_hasHappenedOnce() throws Exception {
    RemoteSemaphore a = client().semaphores().create("a", SemaphoreSpec.max(1_000));
    for (int i = 0; i < 500; i++) {
      List<Permit> seen = new ArrayList<>();
      CompletableFuture<Permit> future = a.acquireAsync();
      CompletableFuture<Boolean> told = future.thenApply(seen::add);
      Permit permit = future.get(20, TimeUnit.SECONDS);
      assertThat(told.get(20, TimeUnit.SECONDS)).isTrue();
      assertThat(seen).containsExactly(permit);
    }
    assertThat(a.info().count()).isEqualTo(500);
  }

  @Test
  void severalWhoWait_areAllWoken() throws Exception {
    RemoteSemaphore a = client().semaphores().create("a", SemaphoreSpec.max(1));
    Permit held = a.acquire();
    CompletableFuture<Permit> future = a.acquireAsync();
    CountDownLatch woken = new CountDownLatch(4);
    for (int i = 0; i < 4; i++) {
      boolean timed = i % 2 == 0;
      new Thread(
              () -> {
                if (taken(future, timed).isHeld()) {
                  woken.countDown();
                }
              })
          .start();
    }
    eventually().until(() -> a.info().waiting() == 1);
    held.close();
    assertThat(woken.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  @Rule("A7")
  void cancelByAnother_endsTheWait() throws Exception {
    RemoteSemaphore a = client().semaphores().create("a", SemaphoreSpec.max(1));
    Permit held = a.acquire();
    CompletableFuture<Permit> future = a.acquireAsync();
    AtomicReference<Throwable> seen = new AtomicReference<>();
    Thread waiter =
        new Thread(() -> {
          try {
            var unused = future.get(60, TimeUnit.SECONDS);
          } catch (Exception e) {
            seen.set(e);
          }
        });
    waiter.start();
    eventually().until(() -> waiter.getState() == Thread.State.TIMED_WAITING);
    future.cancel(true);
    eventually().until(() -> seen.get() instanceof CancellationException);
    held.close();
    eventually().until(() -> a.info().count() == 1);
  }

  @Test
  void timeOutAndInterrupt_leaveTheCallAsItIs() throws Exception {
    RemoteSemaphore a = client().semaphores().create("a", SemaphoreSpec.max(1));
    Permit held = a.acquire();
    CompletableFuture<Optional<Permit>> future = a.acquireAsync(1, ofSeconds(60));
    assertThatThrownBy(() -> future.get(1, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    Thread.currentThread().interrupt();
    assertThatThrownBy(future::get).isInstanceOf(InterruptedException.class);
    assertThat(future).isNotDone();
    held.close();
    assertThat(future.get(Long.MAX_VALUE, TimeUnit.DAYS)).isPresent();
  }

  @Test
  void closedClient_endsTheWait() throws Exception {
    SignalboxClient client = client();
    RemoteSemaphore a = client.semaphores().create("a", SemaphoreSpec.max(1));
    var held = a.acquire();
    CompletableFuture<Permit> future = a.acquireAsync();
    new Thread(client::close).start();
    assertThatThrownBy(() -> future.get(20, TimeUnit.SECONDS))
        .hasCauseInstanceOf(SignalboxException.ClientClosed.class);
    assertThat(held.isHeld()).isFalse();
  }
}
