package dev.signalbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.signalbox.client.callback.CallbackHandle;
import dev.signalbox.client.callback.CallbackPool;
import dev.signalbox.client.callback.CallbackState;
import dev.signalbox.client.callback.PoolOptions;
import dev.signalbox.client.fixtures.FaultyNetwork;
import dev.signalbox.server.Rule;
import dev.signalbox.server.ServerOptions;
import dev.signalbox.server.SignalboxServer;
import dev.signalbox.server.core.Limits;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Crash-safe intents of a client of little patience, on a service that keeps one will a session.
 */
@Rule("L8")
@Timeout(60)
class CrashSafeLimitsTest {
  private static final Limits ONE_WILL = new Limits(10, 10, 10, 100, 10, 1);

  private final CountDownLatch registered = new CountDownLatch(1);
  private final CountDownLatch gate = new CountDownLatch(1);
  private SignalboxServer server;
  private FaultyNetwork network;
  private SignalboxClient client;
  private CallbackPool pool;
  private RemoteSemaphore done;

  @BeforeEach
  void start() throws Exception {
    server =
        SignalboxServer.start(
            ServerOptions.builder().log("volatile").clientPort(0).limits(ONE_WILL).build());
    network = FaultyNetwork.to(server.port());
    client =
        SignalboxClient.builder()
            .target(network.target())
            .lease(Duration.ofMinutes(5))
            .patience(Duration.ofMillis(300))
            .build();
    pool = client.callbackPool(PoolOptions.threads(0, 2));
    done = client.semaphores().create("done", SemaphoreSpec.max(100).initial(0));
  }

  @AfterEach
  void stop() {
    gate.countDown();
    network.restore();
    pool.close();
    client.close();
    network.close();
    server.close();
  }

  private CallbackHandle submit() throws InterruptedException {
    return pool.submit(instance -> {
      instance.crashSafe().releaseSemaphoreWhenCallbackReturns(done, 1);
      instance.crashSafe().releaseSemaphoreWhenCallbackReturns(done, 1);
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

  /** Until the client knows, it sends, and what was sent is not given up. */
  private void disconnect() {
    network.refuse();
    eventually().until(() -> client.state() == ClientState.DISCONNECTED);
  }

  private void reconnect() {
    network.restore();
    eventually().until(() -> client.state() == ClientState.CONNECTED);
  }

  private static ConditionFactory eventually() {
    return await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(10));
  }

  private Throwable refusalOfOneMore() throws Exception {
    CompletableFuture<Throwable> refusal = new CompletableFuture<>();
    complete(
        pool.submit(instance ->
            refusal.complete(
                catchThrowable(
                    () -> instance.crashSafe().releaseSemaphoreWhenCallbackReturns(done, 10)))));
    return refusal.join();
  }

  @Test
  @Rule("Q3")
  void willOfOneCallbackTooMany_isRefusedAtRegistration() throws Exception {
    CallbackHandle first = submit();
    pass(registered);
    assertThat(refusalOfOneMore())
        .isInstanceOfSatisfying(
            SignalboxException.QuotaExceeded.class,
            e -> assertThat(e.quota()).isEqualTo("wills_per_session"));
    gate.countDown();
    complete(first);
    complete(submit());
    assertThat(done.info().count()).isEqualTo(4);
  }

  @Test
  void registrationThatCannotBeSent_isGivenUpAndNotRegistered() throws Exception {
    disconnect();
    assertThat(refusalOfOneMore()).isInstanceOf(SignalboxException.Unavailable.class);
    reconnect();
    assertThat(done.info().count()).isZero();
  }

  @Test
  @Rule("L5")
  void batchThatFulfilsAWill_isNotGivenUpWhileTheSessionLives() throws Exception {
    CallbackHandle handle = submit();
    pass(registered);
    disconnect();
    gate.countDown();
    eventually().until(() -> handle.state() == CallbackState.RETURNED);
    assertThat(catchThrowable(() -> done.release(50)))
        .isInstanceOf(SignalboxException.Unavailable.class);
    assertThat(handle.completion()).isNotDone();
    reconnect();
    complete(handle);
    assertThat(done.info().count()).isEqualTo(2);
  }
}
