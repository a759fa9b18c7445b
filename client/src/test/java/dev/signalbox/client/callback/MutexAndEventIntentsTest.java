package dev.signalbox.client.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.client.LossReason;
import dev.signalbox.client.Permit;
import dev.signalbox.client.Refusals;
import dev.signalbox.client.ReleaseItem;
import dev.signalbox.client.RemoteEvent;
import dev.signalbox.client.RemoteMutex;
import dev.signalbox.client.RemoteSemaphore;
import dev.signalbox.server.Rule;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The intents that release mutexes and set events. */
class MutexAndEventIntentsTest extends PoolFixture {
  private final RemoteMutex mutex = FakeService.mutex("a/m");
  private final RemoteMutex other = FakeService.mutex("a/other");
  private final RemoteEvent event = FakeService.event("a/e");
  private final RemoteSemaphore done = FakeService.semaphore("a/done");
  private final Permit permit = service.permit("a/held").get();

  @Test
  @Rule({"C2", "C4", "R3"})
  void everyKind_goesInOneRequest_inItsOrder_whateverTheOrderOfRegistration() throws Exception {
    CallbackHandle handle =
        pool()
            .submit(instance -> {
              instance.setEventWhenCallbackReturns(event);
              instance.releaseSemaphoreWhenCallbackReturns(done, 2);
              instance.releaseMutexWhenCallbackReturns(other);
              instance.releaseMutexWhenCallbackReturns(mutex);
              instance.releaseWhenCallbackReturns(permit);
            });
    FakeService.Request request = service.next();
    assertThat(request.items())
        .containsExactly(
            ReleaseItem.giveBack(permit),
            ReleaseItem.release(other),
            ReleaseItem.release(mutex),
            ReleaseItem.signal(done, 2),
            ReleaseItem.set(event));
    request.applied();
    complete(handle);
    assertThat(service.isQuiet()).isTrue();
  }

  @Test
  @Rule("C5")
  void onSuccess_isForThemToo() throws Exception {
    CallbackHandle handle =
        pool()
            .submit(instance -> {
              instance.onSuccess().setEventWhenCallbackReturns(event);
              instance.releaseMutexWhenCallbackReturns(mutex);
              throw new IllegalStateException("thrown");
            });
    FakeService.Request request = service.next();
    assertThat(request.items()).containsExactly(ReleaseItem.release(mutex));
    request.applied();
    assertThat(failureOf(handle)).hasMessage("thrown");
  }

  @Test
  @Rule({"C2", "O3"})
  void mutexOfAnotherNamespace_isRefusedAtRegistration() throws Exception {
    CallbackHandle handle =
        pool()
            .submit(instance -> {
              instance.setEventWhenCallbackReturns(event);
              RemoteMutex foreign = FakeService.mutex("b/m");
              assertThatThrownBy(() -> instance.releaseMutexWhenCallbackReturns(foreign))
                  .isInstanceOf(IllegalArgumentException.class)
                  .hasMessageContaining("b/m");
            });
    service.next().applied();
    complete(handle);
  }

  @Test
  @Rule({"C6", "M4"})
  void refusedBatch_hasItsPermitsGivenBackTogether_andEachMutexByItself() throws Exception {
    Throwable refusal = Refusals.notHeld();
    CallbackHandle handle =
        pool()
            .submit(instance -> {
              instance.releaseMutexWhenCallbackReturns(mutex);
              instance.releaseMutexWhenCallbackReturns(other);
              instance.setEventWhenCallbackReturns(event);
              instance.releaseWhenCallbackReturns(permit);
            });
    service.next().refused(refusal);
    FakeService.Request permits = service.next();
    FakeService.Request first = service.next();
    FakeService.Request second = service.next();
    assertThat(permits.items()).containsExactly(ReleaseItem.giveBack(permit));
    assertThat(first.items()).containsExactly(ReleaseItem.release(mutex));
    assertThat(second.items()).containsExactly(ReleaseItem.release(other));
    stays(handle);
    permits.applied();
    Throwable again = Refusals.notHeld();
    first.refused(again);
    second.applied();
    assertThat(failureOf(handle)).isSameAs(refusal);
    assertThat(refusal.getSuppressed()).containsExactly(again);
    assertThat(service.isQuiet()).isTrue();
  }

  @Test
  @Rule({"C11", "M4"})
  void mutexThatWasLostWithItsSession_isReported() throws Exception {
    CallbackHandle handle = pool().submit(i -> i.releaseMutexWhenCallbackReturns(mutex));
    service.next().answer(List.of(FakeService.notHeld(LossReason.SESSION_LOST)));
    assertThat(failureOf(handle))
        .isInstanceOfSatisfying(
            PermitsLostException.class,
            lost -> assertThat(Set.copyOf(lost.reasons())).containsOnly(LossReason.SESSION_LOST))
        .hasMessageContaining("a/m");
  }
}
