package dev.signalbox.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.client.callback.CallbackHandle;
import dev.signalbox.client.callback.PermitsLostException;
import dev.signalbox.server.Rule;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

/** Crash-safe intents, whichever way a callback or its session ends. */
@Rule("L8")
class CrashSafeIntentsTest extends CrashSafeFixture {
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
  @Rule({"C2", "V2"})
  void crashSafeEvent_isSetByTheReturn_orByTheService() throws Exception {
    RemoteEvent returned = client.events().create("jobs/returned", EventSpec.manualReset());
    RemoteEvent lost = client.events().create("jobs/lost", EventSpec.manualReset());
    complete(pool.submit(i -> i.crashSafe().setEventWhenCallbackReturns(returned)));
    assertThat(returned.reset()).isTrue();

    CallbackHandle handle = submit(i -> i.crashSafe().setEventWhenCallbackReturns(lost));
    pass(registered);
    assertThat(lost.info().count()).isZero();
    endSession();
    eventually().until(() -> lost.info().count() == 1);
    gate.countDown();
    complete(handle);
    assertThat(returned.info().count()).as("nothing of the first one is left").isZero();
  }

  @Test
  @Rule("C6")
  void refusedBatch_releasesItsMutexes_andForgetsTheWill() throws Exception {
    RemoteMutex mutex = client.mutexes().create("jobs/lock");
    CallbackHandle handle =
        pool.submit(instance -> {
          instance.releaseMutexWhenCallbackReturns(lockOf(mutex));
          instance.crashSafe().releaseSemaphoreWhenCallbackReturns(itsDone, 1);
          instance.releaseSemaphoreWhenCallbackReturns(itsDone, Integer.MAX_VALUE);
        });
    assertThat(failureOf(handle)).isInstanceOf(SignalboxException.TooManyPosts.class);
    assertThat(mutex.info().held()).isZero();
    endSession();
    assertCount(done, 0);
  }

  private static RemoteMutex lockOf(RemoteMutex mutex) throws InterruptedException {
    Permit unused = mutex.acquire();
    return mutex;
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
