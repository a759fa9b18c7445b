package dev.signalbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.signalbox.client.callback.CallbackHandle;
import dev.signalbox.client.callback.CallbackInstance;
import dev.signalbox.client.callback.Intents;
import dev.signalbox.server.Rule;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Crash-safe intents that are refused, at registration or when they are due. */
@Rule("L8")
class CrashSafeRefusalsTest extends CrashSafeFixture {
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
}
