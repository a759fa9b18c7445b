package dev.signalbox.client;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.signalbox.client.callback.Callback;
import dev.signalbox.client.callback.CallbackHandle;
import dev.signalbox.client.callback.CallbackInstance;
import dev.signalbox.client.callback.CallbackPool;
import dev.signalbox.client.callback.Intents;
import dev.signalbox.client.callback.PermitsLostException;
import dev.signalbox.client.callback.PoolListener;
import dev.signalbox.client.callback.PoolOptions;
import dev.signalbox.server.Rule;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Crash-safe intents against a real server; sessions that end with their connection (L9). */
@Rule("L8")
@Timeout(60)
class CrashSafeIntentsTest extends WithServer {
  private final List<ReleaseItem.Signal> left = Collections.synchronizedList(new ArrayList<>());
  private final List<Throwable> failed = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch registered = new CountDownLatch(1);
  private final CountDownLatch gate = new CountDownLatch(1);

  /** As others see them. */
  private RemoteSemaphore done;

  private RemoteSemaphore db;
  private RemoteSemaphore full;

  /** The client that is cut off, its pool and its handles. */
  private SignalboxClient client;

  private CallbackPool pool;
  private RemoteSemaphore itsDone;
  private RemoteSemaphore itsDb;

  @BeforeEach
  void create() throws Exception {
    Semaphores semaphores = client().semaphores();
    done = semaphores.create("jobs/done", SemaphoreSpec.max(1000).initial(0));
    db = semaphores.create("jobs/db", SemaphoreSpec.max(4));
    full = semaphores.create("jobs/full", SemaphoreSpec.max(1));
    client =
        started(
            builder().target(network().target()).lease(ofMinutes(1)).endAfterBreak(Duration.ZERO));
    pool = client.callbackPool(PoolOptions.threads(0, 4).listener(new Notes()));
    itsDone = client.semaphores().open("jobs/done");
    itsDb = client.semaphores().open("jobs/db");
  }

  @AfterEach
  void closePool() throws InterruptedException {
    network().restore();
    gate.countDown();
    assertThat(pool.close(Duration.ofSeconds(20))).isTrue();
  }

  private final class Notes implements PoolListener {
    @Override
    public void callbackThrew(CallbackHandle callback, Throwable thrown) {}

    @Override
    public void intentFailed(CallbackHandle callback, Throwable failure) {
      failed.add(failure);
    }

    @Override
    public void leftToService(CallbackHandle callback, List<ReleaseItem.Signal> signals) {
      left.addAll(signals);
    }
  }

  /** A callback that registers and then waits for the gate. */
  private CallbackHandle submit(Callback registration) throws InterruptedException {
    return pool.submit(instance -> {
      registration.run(instance);
      registered.countDown();
      pass(gate);
    });
  }

  private static void pass(CountDownLatch gate) throws InterruptedException {
    assertThat(gate.await(20, TimeUnit.SECONDS)).isTrue();
  }

  private static void complete(CallbackHandle handle) throws Exception {
    handle.completion().get(20, TimeUnit.SECONDS);
  }

  private static Throwable failureOf(CallbackHandle handle) {
    return catchThrowable(() -> handle.completion().get(20, TimeUnit.SECONDS)).getCause();
  }

  /** Ends the session, and waits until the client has another. */
  private void endSession() throws InterruptedException {
    Recorder recorder = new Recorder();
    client.addListener(recorder);
    network().cut();
    eventually().until(() -> recorder.heard.contains("opened"));
    eventually().until(() -> client.state() == ClientState.CONNECTED);
    assertThat(itsDone.info().max()).isEqualTo(1000);
  }

  private void assertCount(RemoteSemaphore semaphore, int count) throws InterruptedException {
    assertThat(semaphore.info().count()).isEqualTo(count);
  }

  @Test
  void sessionThatExpiresWhileTheCallbackRuns_hasTheSignalsAppliedOnceByTheService()
      throws Exception {
    CallbackHandle handle =
        submit(instance -> {
          instance.crashSafe().releaseSemaphoreWhenCallbackReturns(itsDone, 3);
          instance.crashSafe().releaseSemaphoreWhenCallbackReturns(itsDone, 2);
        });
    pass(registered);
    assertCount(done, 0);
    network().refuse();
    eventually().until(() -> done.info().count() == 5);
    network().restore();
    gate.countDown();
    complete(handle);
    assertCount(done, 5);
    assertThat(left).extracting(ReleaseItem.Signal::permits).containsExactly(3, 2);
    assertThat(failed).isEmpty();
    assertThat(pool.metrics().leftToService()).isEqualTo(2);
    assertThat(pool.metrics().succeeded()).isEqualTo(1);
  }

  @Test
  void completion_ofACallbackWhoseSessionIsLost_needsNoOtherSession() throws Exception {
    CallbackHandle handle =
        submit(i -> i.crashSafe().releaseSemaphoreWhenCallbackReturns(itsDone, 1));
    pass(registered);
    network().refuse();
    eventually().until(() -> done.info().count() == 1);
    gate.countDown();
    complete(handle);
    assertThat(left).hasSize(1);
  }

  @Test
  @Rule("C4")
  void return_appliesTheSignalsAndForgetsTheWillInOneStep() throws Exception {
    CallbackHandle handle =
        pool.submit(instance -> {
          instance.crashSafe().releaseSemaphoreWhenCallbackReturns(itsDone, 1);
          instance.releaseWhenCallbackReturns(itsDb.acquire());
          instance.crashSafe().releaseSemaphoreWhenCallbackReturns(itsDone, 1);
          instance.releaseSemaphoreWhenCallbackReturns(itsDone, 5);
          assertCount(done, 0);
        });
    complete(handle);
    assertCount(done, 7);
    assertCount(db, 4);
    endSession();
    assertCount(done, 7);
    assertThat(left).isEmpty();
    assertThat(pool.metrics().leftToService()).isZero();
  }

  @Test
  @Rule("C5")
  void callbackThatThrows_hasReturned() throws Exception {
    CallbackHandle handle =
        pool.submit(instance -> {
          instance.crashSafe().releaseSemaphoreWhenCallbackReturns(itsDone, 1);
          instance.onSuccess().releaseSemaphoreWhenCallbackReturns(itsDone, 10);
          throw new IOException("as it should");
        });
    assertThat(failureOf(handle)).isInstanceOf(IOException.class);
    assertCount(done, 1);
    endSession();
    assertCount(done, 1);
  }

  @Test
  @Rule({"C6", "R2"})
  void batchThatIsRefused_clearsTheWillAndGivesPermitsBack() throws Exception {
    RemoteSemaphore itsFull = client.semaphores().open("jobs/full");
    CallbackHandle handle =
        pool.submit(instance -> {
          instance.crashSafe().releaseSemaphoreWhenCallbackReturns(itsDone, 1);
          instance.crashSafe().releaseSemaphoreWhenCallbackReturns(itsFull, 1);
          instance.releaseWhenCallbackReturns(itsDb.acquire());
        });
    assertThat(failureOf(handle)).isInstanceOf(SignalboxException.TooManyPosts.class);
    assertCount(db, 4);
    assertThat(client().acquire(Acquire.of(full, 1).consume())).isPresent();
    endSession();
    assertCount(full, 0);
    assertCount(done, 0);
    assertThat(left).isEmpty();
  }

  @Test
  @Rule("C6")
  void batchThatIsRefused_withoutPermits_clearsTheWillToo() throws Exception {
    RemoteSemaphore itsFull = client.semaphores().open("jobs/full");
    CallbackHandle handle =
        pool.submit(i -> i.crashSafe().releaseSemaphoreWhenCallbackReturns(itsFull, 1));
    assertThat(failureOf(handle)).isInstanceOf(SignalboxException.TooManyPosts.class);
    assertThat(client().acquire(Acquire.of(full, 1).consume())).isPresent();
    endSession();
    assertCount(full, 0);
  }

  @Test
  @Rule("C6")
  void batchThatCannotEvenBeSent_leavesNoWill() throws Exception {
    CallbackHandle handle =
        pool.submit(instance -> {
          instance.crashSafe().releaseSemaphoreWhenCallbackReturns(itsDone, 1);
          instance.releaseWhenCallbackReturns(strange());
        });
    assertThat(failureOf(handle)).isInstanceOf(SignalboxException.InvalidArgument.class);
    endSession();
    assertCount(done, 0);
  }

  /** A permit that no client made. */
  private static Permit strange() {
    return (Permit)
        Proxy.newProxyInstance(
            Permit.class.getClassLoader(),
            new Class<?>[] {Permit.class},
            (self, method, arguments) -> method.getReturnType() == String.class ? "jobs/db" : null);
  }

  @Test
  @Rule("C11")
  void sessionLostWhileTheCallbackRuns_voidsItsPermitsAndSendsItsPlainSignals() throws Exception {
    CallbackHandle handle =
        submit(instance -> {
          instance.releaseWhenCallbackReturns(itsDb.acquire());
          instance.crashSafe().releaseSemaphoreWhenCallbackReturns(itsDone, 1);
          instance.releaseSemaphoreWhenCallbackReturns(itsDone, 10);
        });
    pass(registered);
    network().refuse();
    eventually().until(() -> done.info().count() == 1);
    network().restore();
    gate.countDown();
    assertThat(failureOf(handle)).isInstanceOf(PermitsLostException.class);
    assertCount(done, 11);
    assertCount(db, 4);
    assertThat(left).hasSize(1);
    assertThat(failed).hasSize(1);
  }

  @Test
  @Rule({"C11", "R5", "R6"})
  void releaseOfWhatIsHeld_isDoneOnceWhenTheSessionExpires() throws Exception {
    Permit other = db.acquire();
    CallbackHandle handle =
        submit(instance -> {
          Permit unused = itsDb.acquire();
          instance.crashSafe().releaseSemaphoreWhenCallbackReturns(itsDb, 1);
        });
    pass(registered);
    network().refuse();
    eventually().until(() -> db.info().held() == 1);
    assertCount(db, 3);
    network().restore();
    gate.countDown();
    complete(handle);
    assertCount(db, 3);
    Permit next = itsDb.acquire();
    assertThat(itsDb.release(1).notHeldBecause()).as("not taken for the lost one").isEmpty();
    assertThat(next.isHeld()).isFalse();
    assertThat(other.isHeld()).isTrue();
    assertCount(db, 3);
  }

  @Test
  void registrationAfterTheLoss_isRefused() throws Exception {
    CompletableFuture<Throwable> second = new CompletableFuture<>();
    CallbackHandle handle =
        pool.submit(instance -> {
          instance.crashSafe().releaseSemaphoreWhenCallbackReturns(itsDone, 1);
          endSession();
          second.complete(
              catchThrowable(
                  () -> instance.crashSafe().releaseSemaphoreWhenCallbackReturns(itsDone, 2)));
        });
    complete(handle);
    assertThat(second.join())
        .isInstanceOfSatisfying(
            SignalboxException.SessionLost.class,
            e -> assertThat(e.conclusion()).isEqualTo(SignalboxException.Conclusion.NOT_DONE));
    assertCount(done, 1);
  }

  @Test
  @Rule("L6")
  void clientThatIsClosed_leavesNoWill() throws Exception {
    CallbackHandle handle =
        submit(i -> i.crashSafe().releaseSemaphoreWhenCallbackReturns(itsDone, 1));
    pass(registered);
    client.close();
    gate.countDown();
    assertThat(failureOf(handle)).isInstanceOf(SignalboxException.ClientClosed.class);
    assertCount(done, 0);
    assertThat(left).isEmpty();
  }

  @Test
  @Rule({"C3", "C2"})
  void registration_thatIsNotAllowed_isRefusedAndAsksForNothing() throws Exception {
    CompletableFuture<CallbackInstance> leaked = new CompletableFuture<>();
    RemoteSemaphore elsewhere =
        client.semaphores().create("other/done", SemaphoreSpec.max(9).initial(0));
    RemoteSemaphore reader = itsDone.withRights(Set.of(AccessRight.QUERY_STATE));
    CallbackHandle handle =
        pool.submit(instance -> {
          Intents safe = instance.crashSafe();
          refused(IllegalArgumentException.class, safe, itsDone, 0);
          refused(SignalboxException.AccessDenied.class, safe, reader, 1);
          safe.releaseSemaphoreWhenCallbackReturns(itsDone, 1);
          refused(IllegalArgumentException.class, safe, elsewhere, 1);
          leaked.complete(instance);
        });
    complete(handle);
    refused(IllegalStateException.class, leaked.join().crashSafe(), itsDone, 1);
    endSession();
    assertCount(done, 1);
    assertCount(elsewhere, 0);
  }

  private static void refused(
      Class<? extends Throwable> how, Intents safe, RemoteSemaphore semaphore, int permits) {
    assertThatThrownBy(() -> safe.releaseSemaphoreWhenCallbackReturns(semaphore, permits))
        .isInstanceOf(how);
  }

  @Test
  @Rule("R3")
  void signalsOfTheWill_countAmongThe256OfARequest() throws Exception {
    CallbackHandle handle =
        pool.submit(instance -> {
          for (int i = 0; i < 128; i++) {
            instance.crashSafe().releaseSemaphoreWhenCallbackReturns(itsDone, 1);
            instance.releaseSemaphoreWhenCallbackReturns(itsDone, 1);
          }
          refused(IllegalArgumentException.class, instance.crashSafe(), itsDone, 1);
          refused(IllegalArgumentException.class, instance, itsDone, 1);
        });
    complete(handle);
    assertCount(done, 256);
  }

  @Test
  void interruptedRegistration_registersNothing() throws Exception {
    CallbackHandle handle =
        pool.submit(instance -> {
          Thread.currentThread().interrupt();
          refused(CancellationException.class, instance.crashSafe(), itsDone, 1);
          assertThat(Thread.interrupted()).isTrue();
          instance.crashSafe().releaseSemaphoreWhenCallbackReturns(itsDone, 2);
          Thread.currentThread().interrupt();
          refused(CancellationException.class, instance.crashSafe(), itsDone, 4);
        });
    complete(handle);
    assertCount(done, 2);
    endSession();
    assertCount(done, 2);
  }

  @Test
  @Rule("C2")
  void otherIntentsOfTheView_areThoseOfTheInstance() throws Exception {
    ReentrantLock lock = new ReentrantLock();
    CountDownLatch closed = new CountDownLatch(1);
    CallbackHandle handle =
        pool.submit(instance -> {
          lock.lock();
          instance.crashSafe().releaseWhenCallbackReturns(itsDb.acquire(2));
          instance.crashSafe().unlockWhenCallbackReturns(lock);
          instance.crashSafe().closeWhenCallbackReturns(closed::countDown);
        });
    complete(handle);
    assertCount(db, 4);
    assertThat(lock.isLocked()).isFalse();
    assertThat(closed.getCount()).isZero();
  }

  @Test
  void callbackThatNeverRan_hasNoWill() throws Exception {
    pool.setMaximumThreads(1);
    CallbackHandle running = submit(instance -> {});
    pass(registered);
    CallbackHandle pending =
        pool.submit(i -> i.crashSafe().releaseSemaphoreWhenCallbackReturns(itsDone, 1));
    assertThat(pool.cancelPending()).isEqualTo(1);
    gate.countDown();
    complete(running);
    endSession();
    assertThat(pending.completion()).isCompletedExceptionally();
    assertCount(done, 0);
  }
}
