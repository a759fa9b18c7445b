package dev.signalbox.client.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.signalbox.client.LossReason;
import dev.signalbox.client.Permit;
import dev.signalbox.client.ReleaseResult;
import dev.signalbox.server.Rule;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Rule("C11")
class LostPermitTest extends PoolFixture {
  private final FakePermit held = service.permit("a/held");
  private final Permit permit = held.get();
  private final CountDownLatch registered = new CountDownLatch(1);

  @Test
  @Rule("L4")
  void runningCallback_isTold() throws Exception {
    CallbackHandle handle =
        pool()
            .submit(instance -> {
              instance.releaseWhenCallbackReturns(permit);
              diary.add("cancelled " + instance.isCancelled());
              registered.countDown();
              await().until(instance::isCancelled);
              diary.add("interrupted " + Thread.currentThread().isInterrupted());
            });
    pass(registered);
    held.lose(LossReason.SESSION_LOST);
    service.next().applied();
    complete(handle);
    assertThat(diary).containsExactly("cancelled false", "interrupted false");
  }

  @Test
  @Rule("L4")
  void runningCallback_isInterruptedIfThePoolSaysSo() throws Exception {
    CallbackPool pool = pool(PoolOptions.threads(1, 1).interruptOnLoss(true));
    CallbackHandle handle =
        pool.submit(instance -> {
          instance.releaseWhenCallbackReturns(permit);
          registered.countDown();
          new CountDownLatch(1).await();
        });
    pass(registered);
    held.lose(LossReason.SESSION_LOST);
    service.next().answer(List.of(FakeService.notHeld(LossReason.SESSION_LOST)));
    assertThat(failureOf(handle)).isInstanceOf(InterruptedException.class);
    assertThat(failed).singleElement().isInstanceOf(PermitsLostException.class);
  }

  @Test
  void lossAfterTheReturn_interruptsNobody() throws Exception {
    CallbackPool pool = pool(PoolOptions.threads(1, 1).interruptOnLoss(true));
    CompletableFuture<CallbackInstance> leaked = new CompletableFuture<>();
    CallbackHandle first =
        pool.submit(instance -> {
          leaked.complete(instance);
          instance.releaseWhenCallbackReturns(permit);
        });
    FakeService.Request request = service.next();
    CountDownLatch gate = new CountDownLatch(1);
    CallbackHandle next = pool.submit(waitingFor(gate));
    await().until(() -> next.state() == CallbackState.RUNNING);
    held.lose(LossReason.SESSION_LOST);
    request.applied();
    complete(first);
    gate.countDown();
    complete(next);
    assertThat(leaked.join().isCancelled()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(names = {"SESSION_LOST", "HOLD_LIMIT"})
  void intentOfALostPermit_isVoidAndReported(LossReason why) throws Exception {
    CallbackPool pool = pool();
    CallbackHandle handle =
        pool.submit(instance -> {
          instance.releaseWhenCallbackReturns(service.permit("a/kept").get());
          instance.releaseWhenCallbackReturns(permit);
        });
    FakeService.Request request = service.next();
    ReleaseResult kept = FakeService.applied(request.items()).get(0);
    request.answer(List.of(kept, FakeService.notHeld(why)));
    Throwable failure = failureOf(handle);
    assertThat(failure)
        .isInstanceOfSatisfying(
            PermitsLostException.class, lost -> assertThat(lost.reasons()).containsExactly(why))
        .hasMessageContaining("a/held")
        .hasMessageNotContaining("a/kept");
    assertThat(failed).containsExactly(failure);
    assertThat(pool.metrics().permitsLost()).isEqualTo(1);
    assertThat(pool.metrics().releasesRefused()).isZero();
    assertThat(service.isQuiet()).as("nothing is tried again").isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = {"SEMAPHORE_DELETED", "NO_LONGER_KNOWN"})
  @Rule({"O5", "R4"})
  void permitThatNeedsNoGivingBack_isNoFailure(LossReason why) throws Exception {
    CallbackHandle handle = pool().submit(i -> i.releaseWhenCallbackReturns(permit));
    service.next().answer(List.of(FakeService.notHeld(why)));
    complete(handle);
  }

  @Test
  @Rule("R4")
  void permitThatTheCallbackGaveBackItself_isNoFailure() throws Exception {
    CallbackHandle handle = pool().submit(i -> i.releaseWhenCallbackReturns(permit));
    service.next().answer(List.of(new ReleaseResult(false, Optional.empty(), List.of())));
    complete(handle);
  }

  @Test
  void lossSeenBySecondRequest_isReportedBesideTheRefusal() throws Exception {
    IllegalStateException refusal = new IllegalStateException("refused");
    CallbackHandle handle = pool().submit(i -> i.releaseWhenCallbackReturns(permit));
    service.next().refused(refusal);
    service.next().answer(List.of(FakeService.notHeld(LossReason.SESSION_LOST)));
    assertThat(failureOf(handle)).isSameAs(refusal);
    assertThat(refusal.getSuppressed()).singleElement().isInstanceOf(PermitsLostException.class);
    assertThat(failed).hasSize(2);
  }
}
