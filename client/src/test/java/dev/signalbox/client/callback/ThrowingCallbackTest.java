package dev.signalbox.client.callback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.client.Permit;
import dev.signalbox.client.Refusals;
import dev.signalbox.client.ReleaseItem;
import dev.signalbox.server.Rule;
import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Rule("C5")
class ThrowingCallbackTest extends PoolFixture {
  private final Permit permit = service.permit("a/s").get();

  static Stream<Throwable> throwables() {
    return Stream.of(
        new IOException("checked"),
        new IllegalStateException("unchecked"),
        new InterruptedException("interrupted"),
        new OutOfMemoryError("error"),
        new StackOverflowError("error"));
  }

  @ParameterizedTest
  @MethodSource("throwables")
  void intents_areCarriedOutAndTheExceptionArrives(Throwable what) throws Exception {
    CallbackPool pool = pool(PoolOptions.threads(1, 1));
    CallbackHandle handle =
        pool.submit(instance -> {
          instance.releaseWhenCallbackReturns(permit);
          instance.closeWhenCallbackReturns(() -> diary.add("closed"));
          sneak(what);
        });
    FakeService.Request request = service.next();
    assertThat(request.items()).containsExactly(ReleaseItem.giveBack(permit));
    request.applied();
    assertThat(failureOf(handle)).isSameAs(what);
    assertThat(thrown).containsExactly(what);
    assertThat(failed).isEmpty();
    assertThat(diary).containsExactly("closed");
    assertThat(pool.metrics().threw()).isEqualTo(1);
    assertThat(pool.metrics().failed()).isEqualTo(1);
    complete(pool.submit(instance -> {}));
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Throwable> void sneak(Throwable what) throws E {
    throw (E) what;
  }

  @Test
  void onSuccess_isDroppedAfterAThrow() throws Exception {
    CallbackHandle handle =
        pool()
            .submit(instance -> {
              registerForSuccess(instance.onSuccess());
              instance.releaseWhenCallbackReturns(permit);
              throw new IOException();
            });
    FakeService.Request request = service.next();
    assertThat(request.items()).containsExactly(ReleaseItem.giveBack(permit));
    request.applied();
    assertThat(failureOf(handle)).isInstanceOf(IOException.class);
    assertThat(diary).isEmpty();
  }

  @Test
  void onSuccess_isCarriedOutAfterAReturn() throws Exception {
    CallbackHandle handle = pool().submit(instance -> registerForSuccess(instance.onSuccess()));
    FakeService.Request request = service.next();
    assertThat(request.items()).hasSize(2);
    request.applied();
    complete(handle);
    assertThat(diary).containsExactly("closed");
  }

  private void registerForSuccess(Intents onSuccess) {
    onSuccess.releaseWhenCallbackReturns(service.permit("a/other").get());
    onSuccess.releaseSemaphoreWhenCallbackReturns(FakeService.semaphore("a/done"), 1);
    onSuccess.closeWhenCallbackReturns(() -> diary.add("closed"));
  }

  @Test
  void failuresOnTheWayOut_areSuppressedInTheFirst() throws Exception {
    IOException first = new IOException("thrown");
    IllegalStateException last = new IllegalStateException("closing");
    Throwable refusal = Refusals.tooManyPosts();
    CallbackPool pool = pool();
    CallbackHandle handle =
        pool.submit(instance -> {
          instance.unlockWhenCallbackReturns(new ReentrantLock());
          instance.releaseSemaphoreWhenCallbackReturns(FakeService.semaphore("a/full"), 1);
          instance.closeWhenCallbackReturns(() -> diary.add("closed all the same"));
          instance.closeWhenCallbackReturns(() -> {
            throw last;
          });
          throw first;
        });
    service.next().refused(refusal);
    assertThat(failureOf(handle)).isSameAs(first);
    assertThat(first.getSuppressed()).hasSize(3).contains(refusal, last);
    assertThat(first.getSuppressed()[0]).isInstanceOf(IllegalMonitorStateException.class);
    assertThat(thrown).containsExactly(first);
    assertThat(failed).containsExactly(first.getSuppressed());
    assertThat(pool.metrics().localFailures()).isEqualTo(2);
    assertThat(diary).containsExactly("closed all the same");
  }

  @Test
  void interruptFlag_leftByACallback_doesNotReachTheNextNorItsOwnClosings() throws Exception {
    CallbackPool pool = pool(PoolOptions.threads(1, 1));
    complete(
        pool.submit(instance -> {
          instance.closeWhenCallbackReturns(() -> noteInterrupt("closing"));
          Thread.currentThread().interrupt();
        }));
    complete(pool.submit(instance -> noteInterrupt("next")));
    assertThat(diary).containsExactly("closing false", "next false");
  }

  private void noteInterrupt(String where) {
    diary.add(where + " " + Thread.currentThread().isInterrupted());
  }

  @Test
  void listenerThatThrows_harmsNobody() throws Exception {
    PoolOptions options =
        PoolOptions.threads(1, 1)
            .listener(
                new PoolListener() {
                  @Override
                  public void callbackThrew(CallbackHandle callback, Throwable what) {
                    throw new IllegalStateException("from the listener, to be seen in the log");
                  }
                });
    try (CallbackPool pool = CallbackPool.on(service.client(), options)) {
      IOException what = new IOException();
      CallbackHandle handle =
          pool.submit(instance -> {
            throw what;
          });
      assertThat(failureOf(handle)).isSameAs(what);
      complete(pool.submit(instance -> {}));
    }
  }
}
