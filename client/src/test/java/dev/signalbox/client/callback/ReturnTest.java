package dev.signalbox.client.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.signalbox.client.Permit;
import dev.signalbox.client.ReleaseItem;
import dev.signalbox.client.RemoteSemaphore;
import dev.signalbox.server.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

/** What happens when a callback has returned, and in which order. */
@Rule("C4")
class ReturnTest extends PoolFixture {
  private final Permit first = service.permit("a/first").get();
  private final Permit second = service.permit("a/second").get();
  private final RemoteSemaphore done = FakeService.semaphore("a/done");
  private final CountDownLatch gate = new CountDownLatch(1);

  /** Notes when it is unlocked. */
  private final class NotedLock extends ReentrantLock {
    private static final long serialVersionUID = 1L;
    private final String name;

    NotedLock(String name) {
      this.name = name;
    }

    @Override
    public void unlock() {
      diary.add("unlock " + name + (service.isQuiet() ? "" : " too late"));
      super.unlock();
    }
  }

  @Test
  @Rule("C2")
  void everyIntent_isCarriedOutInItsTurn() throws Exception {
    CallbackHandle handle = pool().submit(this::registerEverything);
    FakeService.Request request = service.next();
    assertThat(request.items())
        .containsExactly(
            ReleaseItem.giveBack(first), ReleaseItem.giveBack(second), ReleaseItem.signal(done, 2));
    assertThat(diary).containsExactly("run", "unlock outer 2", "unlock inner 1");
    assertThat(handle.state()).isEqualTo(CallbackState.RETURNED);
    stays(handle);
    request.applied();
    complete(handle);
    assertThat(diary).endsWith("close 2", "close 1").hasSize(5);
  }

  private void registerEverything(CallbackInstance instance) {
    instance.closeWhenCallbackReturns(() -> diary.add("close 1"));
    instance.releaseSemaphoreWhenCallbackReturns(done, 2);
    instance.releaseWhenCallbackReturns(first);
    instance.unlockWhenCallbackReturns(locked("inner 1"));
    instance.closeWhenCallbackReturns(() -> diary.add("close 2"));
    instance.releaseWhenCallbackReturns(second);
    instance.unlockWhenCallbackReturns(locked("outer 2"));
    diary.add("run");
  }

  private NotedLock locked(String name) {
    NotedLock lock = new NotedLock(name);
    lock.lock();
    return lock;
  }

  @Test
  void whileTheCallbackRuns_nothingHappens() throws Exception {
    CallbackHandle handle =
        pool()
            .submit(instance -> {
              registerEverything(instance);
              pass(gate);
            });
    await().until(() -> diary.contains("run"));
    stays(handle);
    assertThat(diary).containsExactly("run");
    assertThat(service.isQuiet()).isTrue();
    gate.countDown();
    service.next().applied();
    complete(handle);
  }

  @Test
  void withoutNetworkedIntents_nothingIsAskedOfTheService() throws Exception {
    complete(
        pool()
            .submit(instance -> {
              instance.closeWhenCallbackReturns(() -> diary.add("close"));
              instance.unlockWhenCallbackReturns(locked("it"));
            }));
    assertThat(diary).containsExactly("unlock it", "close");
    assertThat(service.isQuiet()).isTrue();
  }

  @Test
  void thread_goesOnWithTheNextCallbackWhileAReleaseIsUnderWay() throws Exception {
    CallbackPool pool = pool(PoolOptions.threads(1, 1));
    CallbackHandle released = pool.submit(i -> i.releaseWhenCallbackReturns(first));
    complete(pool.submit(instance -> diary.add("next")));
    stays(released);
    assertThat(pool.metrics().underWay()).isEqualTo(1);
    service.next().applied();
    complete(released);
    await().untilAsserted(() -> assertThat(pool.metrics().underWay()).isZero());
  }

  @Test
  void thread_waitsWhenTooManyReleasesAreUnderWay() throws Exception {
    CallbackPool pool = pool(PoolOptions.threads(1, 1).completionsUnderWay(2));
    List<CallbackHandle> all = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      all.add(pool.submit(instance -> instance.releaseWhenCallbackReturns(first)));
    }
    await().until(() -> all.get(2).state() == CallbackState.RETURNED);
    stays(all.get(3));
    assertThat(all.get(3).state()).isEqualTo(CallbackState.QUEUED);
    service.next().applied();
    for (int i = 0; i < 3; i++) {
      service.next().applied();
    }
    complete(all.get(3));
  }

  @Test
  void closings_runOnAThreadOfThePool() throws Exception {
    List<String> threads = new ArrayList<>();
    CallbackHandle handle =
        pool(PoolOptions.threads(0, 1).name("mine"))
            .submit(instance -> {
              instance.releaseWhenCallbackReturns(first);
              instance.closeWhenCallbackReturns(
                  () -> threads.add(Thread.currentThread().getName()));
            });
    service.next().applied();
    complete(handle);
    assertThat(threads).singleElement().asString().startsWith("mine-");
  }

  @Test
  void closing_thatWaitsForTheOnlyWorkersNextCallback_isNoDeadlock() throws Exception {
    CallbackPool pool = pool(PoolOptions.threads(1, 1));
    AtomicReference<CallbackHandle> next = new AtomicReference<>();
    CallbackHandle handle =
        pool.submit(instance -> {
          instance.releaseWhenCallbackReturns(first);
          instance.closeWhenCallbackReturns(() -> complete(next.get()));
          next.set(pool.submit(second -> {}));
        });
    service.next().applied();
    complete(handle);
  }

  @Test
  void poolClose_waitsForReleasesUnderWay() throws Exception {
    CallbackPool pool = pool();
    CallbackHandle handle = pool.submit(i -> i.releaseWhenCallbackReturns(first));
    FakeService.Request request = service.next();
    assertThat(pool.close(java.time.Duration.ofMillis(20))).isFalse();
    request.applied();
    pool.close();
    assertThat(handle.completion()).isCompleted();
  }

  @Test
  void completion_cancelledByOneWaiter_isThereForOthers() throws Exception {
    CallbackHandle handle = pool().submit(i -> i.releaseWhenCallbackReturns(first));
    assertThat(handle.completion().cancel(true)).isTrue();
    stays(handle);
    service.next().applied();
    complete(handle);
  }
}
