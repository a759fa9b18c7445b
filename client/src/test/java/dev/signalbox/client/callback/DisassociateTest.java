package dev.signalbox.client.callback;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.signalbox.server.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

@Rule("C7")
class DisassociateTest extends PoolFixture {
  private final CountDownLatch gate = new CountDownLatch(1);
  private final CountDownLatch dissociated = new CountDownLatch(1);

  private void dissociateAndWait(CallbackInstance instance) throws InterruptedException {
    instance.releaseWhenCallbackReturns(service.permit("a/s").get());
    instance.disassociateCurrentThread();
    instance.disassociateCurrentThread();
    dissociated.countDown();
    pass(gate);
  }

  @Test
  void waitersForTheWorkObject_goOnWhileIntentsWaitForTheReturn() throws Exception {
    Work work = pool().work(this::dissociateAndWait);
    CallbackHandle run = work.submit();
    pass(dissociated);
    assertThat(work.awaitCallbacks(false, ofSeconds(20))).isTrue();
    stays(run);
    assertThat(service.isQuiet()).isTrue();
    gate.countDown();
    service.next().applied();
    complete(run);
  }

  @Test
  void groupAndPool_waitForTheReturn() throws Exception {
    CallbackPool pool = pool();
    CleanupGroup group = pool.cleanupGroup();
    Work work = group.work(this::dissociateAndWait);
    CallbackHandle run = work.submit();
    pass(dissociated);
    assertThat(work.awaitCallbacks(false, ofSeconds(20))).isTrue();
    assertThat(group.close(true, ofMillis(20))).isFalse();
    assertThat(pool.close(ofMillis(20))).isFalse();
    gate.countDown();
    FakeService.Request request = service.next();
    assertThat(group.close(true, ofMillis(20))).as("not before the intents").isFalse();
    request.applied();
    group.close(true);
    complete(run);
  }

  @Test
  void dissociatedCallback_mayWaitForItsOwnWorkObject() throws Exception {
    List<Work> self = new ArrayList<>();
    self.add(
        pool()
            .work(instance -> {
              instance.disassociateCurrentThread();
              self.get(0).awaitCallbacks(true);
            }));
    complete(self.get(0).submit());
  }

  @Test
  void callbackSubmittedByItself_mayCallItToo() throws Exception {
    complete(pool().submit(CallbackInstance::disassociateCurrentThread));
  }

  @Test
  void anotherThread_isRefused() throws Exception {
    CompletableFuture<CallbackInstance> leaked = new CompletableFuture<>();
    Work work =
        pool()
            .work(instance -> {
              leaked.complete(instance);
              pass(gate);
            });
    CallbackHandle run = work.submit();
    assertThat(catchThrowable(leaked.join()::disassociateCurrentThread))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("own thread");
    assertThat(work.awaitCallbacks(false, ofMillis(20))).isFalse();
    gate.countDown();
    complete(run);
  }

  @Test
  void afterTheReturn_itIsRefused() throws Exception {
    List<Throwable> refusals = new ArrayList<>();
    complete(
        pool()
            .submit(instance ->
                instance.closeWhenCallbackReturns(
                    () -> refusals.add(catchThrowable(instance::disassociateCurrentThread)))));
    assertThat(refusals).singleElement().isInstanceOf(IllegalStateException.class);
  }
}
