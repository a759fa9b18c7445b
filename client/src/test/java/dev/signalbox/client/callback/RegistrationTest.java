package dev.signalbox.client.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.signalbox.client.RemoteSemaphore;
import dev.signalbox.server.Rule;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistrationTest extends PoolFixture {
  private final CompletableFuture<CallbackInstance> leaked = new CompletableFuture<>();

  @Test
  @Rule("C3")
  void anotherThread_mayRegisterWhileTheCallbackRuns() throws Exception {
    CallbackHandle handle =
        pool()
            .submit(instance -> {
              Thread helper =
                  new Thread(
                      () -> instance.releaseWhenCallbackReturns(service.permit("a/s").get()));
              helper.start();
              helper.join();
            });
    FakeService.Request request = service.next();
    assertThat(request.items()).hasSize(1);
    request.applied();
    complete(handle);
  }

  @Test
  @Rule("C3")
  void afterTheReturn_everyKindIsRefused() throws Exception {
    complete(pool().submit(leaked::complete));
    CallbackInstance instance = leaked.join();
    refused(() -> instance.releaseWhenCallbackReturns(service.permit("a/s").get()));
    refused(() -> instance.releaseSemaphoreWhenCallbackReturns(semaphore("a/s"), 1));
    refused(() -> instance.releaseMutexWhenCallbackReturns(FakeService.mutex("a/m")));
    refused(() -> instance.setEventWhenCallbackReturns(FakeService.event("a/e")));
    refused(() -> instance.unlockWhenCallbackReturns(new ReentrantLock()));
    refused(() -> instance.closeWhenCallbackReturns(() -> {}));
    refused(() -> instance.onSuccess().closeWhenCallbackReturns(() -> {}));
    assertThat(service.isQuiet()).isTrue();
  }

  @Test
  @Rule("C3")
  void whileTheReleaseIsUnderWay_itIsTooLate() throws Exception {
    CallbackHandle handle =
        pool()
            .submit(instance -> {
              leaked.complete(instance);
              instance.releaseSemaphoreWhenCallbackReturns(semaphore("a/s"), 1);
            });
    FakeService.Request request = service.next();
    refused(() -> leaked.join().closeWhenCallbackReturns(() -> {}));
    request.applied();
    complete(handle);
  }

  @Test
  @Rule({"C2", "R3"})
  void item257_isRefusedAtRegistration() throws Exception {
    CallbackHandle handle =
        pool()
            .submit(instance -> {
              for (int i = 0; i < 256; i++) {
                instance.releaseSemaphoreWhenCallbackReturns(semaphore("a/s" + i), 1);
              }
              assertThat(
                      seen(() -> instance.releaseWhenCallbackReturns(service.permit("a/p").get())))
                  .isInstanceOf(IllegalArgumentException.class)
                  .hasMessageContaining("256")
                  .hasMessageContaining("a/s0")
                  .hasMessageContaining("a/p");
              instance.closeWhenCallbackReturns(() -> {});
            });
    FakeService.Request request = service.next();
    assertThat(request.items()).hasSize(256);
    request.applied();
    complete(handle);
  }

  @ParameterizedTest
  @CsvSource({"a/s, b/s", "a/s, s", "s, a/s", "a/s, ab/s"})
  @Rule({"C2", "O3"})
  void anotherNamespace_isRefusedAtRegistrationNamingBoth(String first, String other)
      throws Exception {
    CallbackHandle handle =
        pool()
            .submit(instance -> {
              instance.releaseSemaphoreWhenCallbackReturns(semaphore(first), 1);
              assertThat(
                      seen(() -> instance.releaseWhenCallbackReturns(service.permit(other).get())))
                  .isInstanceOf(IllegalArgumentException.class)
                  .hasMessageContaining("'" + first + "'")
                  .hasMessageContaining("'" + other + "'");
            });
    FakeService.Request request = service.next();
    assertThat(request.items()).hasSize(1);
    request.applied();
    complete(handle);
  }

  @ParameterizedTest
  @CsvSource({"a/s, a/t", "a/s, a/b/c", "s, t"})
  @Rule({"C2", "O3"})
  void oneNamespace_isOneRequest(String first, String other) throws Exception {
    CallbackHandle handle =
        pool()
            .submit(instance -> {
              instance.releaseSemaphoreWhenCallbackReturns(semaphore(first), 1);
              instance.releaseSemaphoreWhenCallbackReturns(semaphore(other), 1);
            });
    FakeService.Request request = service.next();
    assertThat(request.items()).hasSize(2);
    request.applied();
    complete(handle);
  }

  @Test
  @Rule({"C2", "R1"})
  void releaseOfNoPermits_isRefusedAtRegistration() throws Exception {
    complete(
        pool()
            .submit(instance ->
                assertThatThrownBy(
                        () -> instance.releaseSemaphoreWhenCallbackReturns(semaphore("a/s"), 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("a/s")));
  }

  private static RemoteSemaphore semaphore(String name) {
    return FakeService.semaphore(name);
  }

  private static void refused(Runnable registration) {
    assertThatThrownBy(registration::run)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("has returned");
  }

  private static Throwable seen(Runnable registration) {
    return catchThrowable(registration::run);
  }
}
