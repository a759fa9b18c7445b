package dev.signalbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.signalbox.client.SignalboxException.Conclusion;
import dev.signalbox.client.SignalboxException.SessionLost;
import dev.signalbox.client.callback.Callback;
import dev.signalbox.client.callback.CallbackHandle;
import dev.signalbox.client.callback.CallbackInstance;
import dev.signalbox.client.callback.CallbackPool;
import dev.signalbox.client.callback.CallbackState;
import dev.signalbox.client.callback.PoolListener;
import dev.signalbox.client.callback.PoolOptions;
import dev.signalbox.client.fixtures.ScriptedStream;
import dev.signalbox.server.Rule;
import dev.signalbox.v1.Request;
import dev.signalbox.v1.SetWill;
import dev.signalbox.v1.Signal;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Crash-safe intents where the moment matters: between a request and its answer. */
@Rule("L8")
@Timeout(60)
class CrashSafeRacesTest extends WithScript implements PoolListener {
  private final List<ReleaseItem.Signal> left = Collections.synchronizedList(new ArrayList<>());
  private final CompletableFuture<CallbackInstance> instance = new CompletableFuture<>();
  private final CompletableFuture<Thread> runner = new CompletableFuture<>();
  private final CountDownLatch gate = new CountDownLatch(1);
  private SignalboxClient client;
  private ScriptedStream stream;
  private RemoteSemaphore a;
  private CallbackPool pool;

  @BeforeEach
  void open() throws Exception {
    client = client();
    stream = opened();
    a = semaphore(client, stream, "a");
    pool = client.callbackPool(PoolOptions.threads(0, 1).listener(this));
  }

  @AfterEach
  void end() {
    gate.countDown();
  }

  @Override
  public void intentFailed(CallbackHandle callback, Throwable failure) {}

  @Override
  public void callbackThrew(CallbackHandle callback, Throwable thrown) {}

  @Override
  public void leftToService(CallbackHandle callback, List<ReleaseItem.Signal> signals) {
    left.addAll(signals);
  }

  /** Runs a callback that ends when the gate is opened. */
  private CallbackHandle submit(Callback callback) throws InterruptedException {
    return pool.submit(running -> {
      runner.complete(Thread.currentThread());
      instance.complete(running);
      callback.run(running);
      assertThat(gate.await(20, TimeUnit.SECONDS)).isTrue();
    });
  }

  private void register(CallbackInstance running, int permits) {
    running.crashSafe().releaseSemaphoreWhenCallbackReturns(a, permits);
  }

  /** A registration by another thread; completed with what it threw, if anything. */
  private CompletableFuture<Throwable> registerBeside(int permits) {
    return CompletableFuture.supplyAsync(
        () -> {
          Throwable thrown = catchThrowable(() -> register(instance.join(), permits));
          return thrown == null ? new NothingThrown() : thrown;
        },
        task -> new Thread(task, "beside").start());
  }

  private static final class NothingThrown extends Exception {
    private static final long serialVersionUID = 1L;
  }

  private static void complete(CallbackHandle handle) throws Exception {
    handle.completion().get(20, TimeUnit.SECONDS);
  }

  private static Throwable failureOf(CallbackHandle handle) {
    Throwable seen = catchThrowable(() -> handle.completion().get(20, TimeUnit.SECONDS));
    return Objects.requireNonNull(seen.getCause());
  }

  private SetWill confirmWill() throws InterruptedException {
    Request request = stream.nextRequest();
    stream.reply(ScriptedStream.done(request));
    return request.getSetWill();
  }

  private Request releaseOf(SetWill will) throws InterruptedException {
    Request release = stream.nextRequest();
    assertThat(release.getRelease().getFulfilledWillsList()).containsExactly(will.getWill());
    return release;
  }

  private static List<Integer> permits(SetWill will) {
    return will.getSignalsList().stream().map(Signal::getPermits).toList();
  }

  private static List<Integer> permits(Request release) {
    return release.getRelease().getItemsList().stream()
        .map(item -> item.getSignal().getPermits())
        .toList();
  }

  @Test
  @Rule("C4")
  void registrations_makeOneWillThatGrowsAndThatTheReturnFulfils() throws Exception {
    CallbackHandle handle =
        submit(running -> {
          register(running, 1);
          running.releaseSemaphoreWhenCallbackReturns(a, 5);
          register(running, 2);
        });
    SetWill first = confirmWill();
    SetWill second = confirmWill();
    gate.countDown();
    Request release = releaseOf(second);
    stream.reply(ScriptedStream.released(release));
    complete(handle);
    assertThat(second.getWill()).isEqualTo(first.getWill());
    assertThat(permits(first)).containsExactly(1);
    assertThat(permits(second)).containsExactly(1, 2);
    assertThat(permits(release)).containsExactly(5, 1, 2);
  }

  @Test
  @Rule("E1")
  void replyToTheBatch_whenItIsLost_isAskedForAgain() throws Exception {
    CallbackHandle handle = submit(running -> register(running, 1));
    SetWill will = confirmWill();
    gate.countDown();
    Request release = releaseOf(will);
    stream.end(Status.UNAVAILABLE, "GOING_AWAY");
    ScriptedStream second = service().nextStream();
    assertThat(second.resume().hasResume()).isTrue();
    assertThat(second.nextRequest()).isEqualTo(release);
    second.reply(ScriptedStream.released(release));
    complete(handle);
    assertThat(left).isEmpty();
  }

  /** The stream breaks, and the session has ended when it is to be resumed. */
  private ScriptedStream loseSession() throws InterruptedException {
    stream.end(Status.UNAVAILABLE, "GOING_AWAY");
    ScriptedStream second = service().nextStream();
    assertThat(second.nextFrame().hasResume()).isTrue();
    second.end(Status.FAILED_PRECONDITION, "SESSION_LOST");
    return opened();
  }

  private void assertNothingIsSent(ScriptedStream next) throws Exception {
    assertThat(granted(a, next, 7).isHeld()).isTrue();
  }

  @Test
  @Rule("C11")
  void sessionLostBetweenBatchAndAnswer_isNoFailureOfCrashSafeSignals() throws Exception {
    CallbackHandle handle = submit(running -> register(running, 1));
    SetWill will = confirmWill();
    gate.countDown();
    assertThat(permits(releaseOf(will))).containsExactly(1);
    ScriptedStream next = loseSession();
    complete(handle);
    assertThat(left).hasSize(1);
    assertNothingIsSent(next);
  }

  @Test
  @Rule("C11")
  void sessionLostBetweenBatchAndAnswer_leavesTheOthersUnknown() throws Exception {
    CallbackHandle handle =
        submit(running -> {
          register(running, 1);
          running.releaseSemaphoreWhenCallbackReturns(a, 5);
        });
    SetWill will = confirmWill();
    gate.countDown();
    assertThat(permits(releaseOf(will))).containsExactly(5, 1);
    ScriptedStream next = loseSession();
    assertThat(failureOf(handle))
        .isInstanceOfSatisfying(
            SessionLost.class, e -> assertThat(e.conclusion()).isEqualTo(Conclusion.UNKNOWN));
    assertThat(left).extracting(ReleaseItem.Signal::permits).containsExactly(1);
    assertNothingIsSent(next);
  }

  @Test
  @Rule("C6")
  void sessionLostWhileARefusedBatchIsCleared_isTold() throws Exception {
    CallbackHandle handle = submit(running -> register(running, 1));
    SetWill will = confirmWill();
    gate.countDown();
    stream.reply(ScriptedStream.refused(releaseOf(will), "TOO_MANY_POSTS"));
    assertThat(stream.nextRequest().getClearWill().getWill()).isEqualTo(will.getWill());
    ScriptedStream next = loseSession();
    Throwable failure = failureOf(handle);
    assertThat(failure).isInstanceOf(SignalboxException.TooManyPosts.class);
    assertThat(failure.getSuppressed()).singleElement().isInstanceOf(SessionLost.class);
    assertThat(left).hasSize(1);
    assertNothingIsSent(next);
  }

  @Test
  void sessionLostBeforeTheWillIsConfirmed_leavesItUnknown() throws Exception {
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    CallbackHandle handle =
        submit(running -> {
          thrown.complete(catchThrowable(() -> register(running, 1)));
          register(running, 2);
        });
    long number = stream.nextRequest().getSetWill().getWill();
    stream = loseSession();
    SetWill other = confirmWill();
    gate.countDown();
    Request release = releaseOf(other);
    stream.reply(ScriptedStream.released(release));
    complete(handle);
    assertThat(thrown.join())
        .isInstanceOfSatisfying(
            SessionLost.class, e -> assertThat(e.conclusion()).isEqualTo(Conclusion.UNKNOWN));
    assertThat(other.getWill()).isNotEqualTo(number);
    assertThat(permits(release)).containsExactly(2);
  }

  @Test
  @Rule("C3")
  void registrationByAnotherThread_isWaitedForWhenTheCallbackReturns() throws Exception {
    CallbackHandle handle = submit(running -> register(running, 1));
    confirmWill();
    CompletableFuture<Throwable> beside = registerBeside(2);
    Request unanswered = stream.nextRequest();
    gate.countDown();
    eventually().until(() -> runner.join().getState() == Thread.State.WAITING);
    assertThat(handle.state()).isEqualTo(CallbackState.RUNNING);
    stream.reply(ScriptedStream.done(unanswered));
    Request release = releaseOf(unanswered.getSetWill());
    stream.reply(ScriptedStream.released(release));
    complete(handle);
    assertThat(beside.join()).isInstanceOf(NothingThrown.class);
    assertThat(permits(release)).containsExactly(1, 2);
  }

  @Test
  @Rule("C3")
  void registrationThatIsRefusedMeanwhile_isNoPartOfTheBatch() throws Exception {
    CallbackHandle handle = submit(running -> register(running, 1));
    confirmWill();
    CompletableFuture<Throwable> beside = registerBeside(2);
    Request refused = stream.nextRequest();
    gate.countDown();
    stream.reply(ScriptedStream.refused(refused, "QUOTA_EXCEEDED"));
    Request release = releaseOf(refused.getSetWill());
    stream.reply(ScriptedStream.released(release));
    complete(handle);
    assertThat(beside.join()).isInstanceOf(SignalboxException.QuotaExceeded.class);
    assertThat(permits(release)).containsExactly(1);
  }

  @Test
  void firstRegistration_whenItIsInterrupted_isWithdrawn() throws Exception {
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    CallbackHandle handle =
        submit(running -> {
          thrown.complete(catchThrowable(() -> register(running, 1)));
          assertThat(Thread.interrupted()).isTrue();
        });
    Request left = stream.nextRequest();
    runner.join().interrupt();
    assertThat(thrown.join()).isInstanceOf(CancellationException.class);
    stream.reply(ScriptedStream.done(left));
    Request withdrawn = stream.nextRequest();
    assertThat(withdrawn.getClearWill().getWill()).isEqualTo(left.getSetWill().getWill());
    gate.countDown();
    complete(handle);
  }

  @Test
  void laterRegistration_whenItIsInterrupted_isTakenOutOfTheWill() throws Exception {
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    CallbackHandle handle =
        submit(running -> {
          register(running, 1);
          thrown.complete(catchThrowable(() -> register(running, 2)));
          assertThat(Thread.interrupted()).isTrue();
        });
    confirmWill();
    Request longer = stream.nextRequest();
    runner.join().interrupt();
    assertThat(thrown.join()).isInstanceOf(CancellationException.class);
    stream.reply(ScriptedStream.done(longer));
    SetWill shorter = confirmWill();
    gate.countDown();
    Request release = releaseOf(shorter);
    stream.reply(ScriptedStream.released(release));
    complete(handle);
    assertThat(permits(shorter)).containsExactly(1);
    assertThat(permits(release)).containsExactly(1);
  }

  @Test
  void willLeftInVain_isWithdrawn() throws Exception {
    CompletableFuture<LastWill> will = client.leaveWillAsync(List.of(new ReleaseItem.Signal(a, 1)));
    Request left = stream.nextRequest();
    assertThat(will.cancel(true)).isTrue();
    stream.reply(ScriptedStream.done(left));
    assertThat(stream.nextRequest().getClearWill().getWill())
        .isEqualTo(left.getSetWill().getWill());
  }
}
