package dev.signalbox.client;

import static dev.signalbox.client.AccessRight.MODIFY_STATE;
import static dev.signalbox.client.AccessRight.QUERY_STATE;
import static dev.signalbox.client.AccessRight.SYNCHRONIZE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.signalbox.client.SignalboxException.AccessDenied;
import dev.signalbox.client.SignalboxException.Conclusion;
import dev.signalbox.client.callback.CallbackHandle;
import dev.signalbox.client.callback.CallbackPool;
import dev.signalbox.client.callback.PoolOptions;
import dev.signalbox.server.Rule;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Rule("X2")
class RightsTest extends WithServer {
  private SignalboxClient client;
  private RemoteSemaphore all;
  private RemoteSemaphore other;

  @BeforeEach
  void create() throws Exception {
    client = client();
    all = client.semaphores().create("jobs/db", SemaphoreSpec.max(8).initial(4));
    other = client.semaphores().create("jobs/other", SemaphoreSpec.max(8).initial(4));
  }

  private RemoteSemaphore with(AccessRight... rights) throws InterruptedException {
    return client.semaphores().open("jobs/db", Set.of(rights));
  }

  private RemoteSemaphore without(AccessRight missing) throws InterruptedException {
    return with(
        AccessRight.all().stream().filter(right -> right != missing).toArray(AccessRight[]::new));
  }

  private void refused(AccessRight missing, ThrowingCallable call) throws InterruptedException {
    assertThat(catchThrowable(call))
        .isInstanceOfSatisfying(AccessDenied.class, denied -> isAbout(denied, missing))
        .hasMessageContaining("jobs/db")
        .hasMessageContaining(missing.name());
    assertUnchanged();
  }

  private void refused(AccessRight missing, CompletableFuture<?> call) throws InterruptedException {
    assertThat(call).as("refused at once").isCompletedExceptionally();
    assertThat(catchThrowable(call::get).getCause())
        .isInstanceOfSatisfying(AccessDenied.class, denied -> isAbout(denied, missing));
    assertUnchanged();
  }

  private static void isAbout(AccessDenied denied, AccessRight missing) {
    assertThat(denied.right()).isEqualTo(missing);
    assertThat(denied.semaphore()).isEqualTo("jobs/db");
    assertThat(denied.reason()).isEqualTo("ACCESS_DENIED");
    assertThat(denied.conclusion()).isEqualTo(Conclusion.NOT_DONE);
  }

  private void assertUnchanged() throws InterruptedException {
    assertThat(all.info().count()).isEqualTo(4);
    assertThat(all.info().max()).isEqualTo(8);
    assertThat(other.info().count()).isEqualTo(4);
  }

  @Test
  void handle_withoutSynchronize_cannotAcquire() throws Exception {
    RemoteSemaphore handle = without(SYNCHRONIZE);
    refused(SYNCHRONIZE, handle::acquire);
    refused(SYNCHRONIZE, () -> handle.acquire(2));
    refused(SYNCHRONIZE, handle::tryAcquire);
    refused(SYNCHRONIZE, () -> handle.tryAcquire(2));
    refused(SYNCHRONIZE, () -> handle.tryAcquire(1, Duration.ofSeconds(1)));
    refused(SYNCHRONIZE, handle::drain);
    refused(SYNCHRONIZE, handle.acquireAsync());
    refused(SYNCHRONIZE, handle.acquireAsync(2));
    refused(SYNCHRONIZE, handle.acquireAsync(2, Duration.ZERO));
    refused(SYNCHRONIZE, handle.drainAsync());
    assertThat(handle.info().count()).isEqualTo(4);
    assertThat(handle.release(1).previousCount()).isEqualTo(4);
  }

  @Test
  void handle_withoutModifyState_cannotRelease() throws Exception {
    RemoteSemaphore handle = without(MODIFY_STATE);
    refused(MODIFY_STATE, () -> handle.release(1));
    refused(MODIFY_STATE, handle.releaseAsync(1));
    assertThat(handle.info().count()).isEqualTo(4);
    handle.acquire().close();
  }

  @Test
  void handle_withoutQueryState_cannotLook() throws Exception {
    RemoteSemaphore handle = without(QUERY_STATE);
    refused(QUERY_STATE, handle::info);
    refused(QUERY_STATE, () -> handle.info(1));
    refused(QUERY_STATE, () -> handle.info(1, ReadMode.STALE));
    refused(QUERY_STATE, handle.infoAsync(1));
    refused(QUERY_STATE, handle.infoAsync(1, ReadMode.STALE));
    handle.acquire().close();
  }

  @ParameterizedTest
  @EnumSource
  void handle_withoutAnyRight_cannotResize(AccessRight missing) throws Exception {
    RemoteSemaphore handle = without(missing);
    refused(missing, () -> handle.resize(9));
    refused(missing, handle.resizeAsync(9));
  }

  @Test
  @Rule({"A4", "A5", "A6"})
  void acquireOfMany_withOnePartThatIsRefused_takesNothing() throws Exception {
    RemoteSemaphore handle = without(SYNCHRONIZE);
    refused(SYNCHRONIZE, () -> handle.permits(1));
    refused(
        SYNCHRONIZE,
        () -> client.acquire(Acquire.allOf(other.permits(1), new Acquire.Part(handle, 1))));
    refused(SYNCHRONIZE, () -> client.acquire(Acquire.anyOf(other.permits(1), handle.permits(1))));
    refused(
        SYNCHRONIZE,
        () ->
            client.releaseAndAcquire(List.of(ReleaseItem.signal(other, 1)), Acquire.of(handle, 1)));
  }

  @Test
  @Rule({"R3", "A6", "L8"})
  void releaseOfMany_withOneItemThatIsRefused_changesNothing() throws Exception {
    RemoteSemaphore handle = without(MODIFY_STATE);
    refused(
        MODIFY_STATE,
        () -> client.release(List.of(ReleaseItem.signal(other, 1), ReleaseItem.signal(handle, 1))));
    refused(
        MODIFY_STATE,
        () ->
            client.releaseAndAcquire(List.of(ReleaseItem.signal(handle, 1)), Acquire.of(other, 1)));
    refused(MODIFY_STATE, () -> client.leaveWill(List.of(new ReleaseItem.Signal(handle, 1))));
  }

  @Test
  @Rule("C2")
  void intent_onAHandleThatMayNotSignal_isRefusedAtRegistration() throws Exception {
    RemoteSemaphore handle = without(MODIFY_STATE);
    CallbackPool pool = client.callbackPool(PoolOptions.threads(0, 1));
    CallbackHandle callback =
        pool.submit(instance -> {
          instance.releaseSemaphoreWhenCallbackReturns(other, 1);
          refused(MODIFY_STATE, () -> instance.releaseSemaphoreWhenCallbackReturns(handle, 1));
        });
    callback.completion().get(20, TimeUnit.SECONDS);
    assertThat(other.info().count()).as("what was registered beside it").isEqualTo(5);
    pool.close();
  }

  @Test
  void ownGrant_isGivenBackWithoutAnotherRight() throws Exception {
    RemoteSemaphore handle = with(SYNCHRONIZE);
    handle.acquire().close();
    assertThat(handle.acquire(2).release(1).released()).isTrue();
    Permit byItem = handle.acquire();
    client.release(List.of(ReleaseItem.giveBack(byItem)));
    try (CallbackPool pool = client.callbackPool(PoolOptions.threads(0, 1))) {
      CallbackHandle callback = pool.submit(i -> i.releaseWhenCallbackReturns(handle.acquire()));
      callback.completion().get(20, TimeUnit.SECONDS);
    }
    assertThat(all.info().held()).isEqualTo(1);
  }

  @Test
  void handle_canBeNarrowedButNeverWidened() throws Exception {
    assertThat(all.rights()).isEqualTo(AccessRight.all());
    RemoteSemaphore two = all.withRights(Set.of(QUERY_STATE, SYNCHRONIZE));
    RemoteSemaphore one = two.withRights(Set.of(QUERY_STATE));
    assertThat(two.rights()).containsExactly(SYNCHRONIZE, QUERY_STATE);
    assertThat(one.rights()).containsExactly(QUERY_STATE);
    assertThat(one.withRights(Set.of()).rights()).isEmpty();
    refused(MODIFY_STATE, () -> two.withRights(AccessRight.all()));
    refused(SYNCHRONIZE, () -> one.withRights(Set.of(SYNCHRONIZE, QUERY_STATE)));
    assertThat(one.name()).isEqualTo("jobs/db");
    assertThatThrownBy(() -> one.rights().add(SYNCHRONIZE))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void rights_areOfTheHandleAlone() throws Exception {
    RemoteSemaphore reader = with(QUERY_STATE);
    all.release(1);
    assertThat(reader.info().count()).isEqualTo(5);
    with(SYNCHRONIZE).acquire();
    assertThat(reader.info().count()).isEqualTo(4);
    refused(MODIFY_STATE, () -> reader.release(1));
  }

  @Test
  @Rule({"O2", "O4"})
  void everyWayToOpen_canAskForFewerRights() throws Exception {
    Semaphores semaphores = client.semaphores();
    Set<AccessRight> some = Set.of(MODIFY_STATE);
    SemaphoreSpec spec = SemaphoreSpec.max(8);
    assertThat(
            Stream.of(
                semaphores.create("jobs/new", spec, some),
                semaphores.createAsync("jobs/new", spec, some).get(),
                semaphores.open("jobs/new", some),
                semaphores.openAsync("jobs/new", some).get()))
        .allSatisfy(handle -> assertThat(handle.rights()).containsExactly(MODIFY_STATE));
    assertThat(
            Stream.of(
                semaphores.create("jobs/new", spec),
                semaphores.open("jobs/new"),
                semaphores.openAsync("jobs/new").get()))
        .allSatisfy(handle -> assertThat(handle.rights()).isEqualTo(AccessRight.all()));
  }
}
