package dev.signalbox.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.client.fixtures.ScriptedStream;
import dev.signalbox.server.Rule;
import dev.signalbox.v1.AcquireResult;
import dev.signalbox.v1.NotGrantedReason;
import dev.signalbox.v1.Reply;
import dev.signalbox.v1.Request;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@Rule("A7")
class CancelTest extends WithScript {
  @Test
  void acquireThatWasSent_isCancelledOnTheServer() throws Exception {
    SignalboxClient client = client();
    ScriptedStream stream = opened();
    RemoteSemaphore a = semaphore(client, stream, "a");
    CompletableFuture<Permit> wanted = a.acquireAsync();
    Request acquire = stream.nextRequest();
    assertThat(wanted.cancel(true)).isTrue();
    Request cancel = stream.nextRequest();
    assertThat(cancel.getCancel().getNumber()).isEqualTo(acquire.getNumber());
    assertThat(cancel.getNumber()).isGreaterThan(acquire.getNumber());
    stream.reply(notGranted(acquire));
    assertThat(granted(a, stream, 1).isHeld()).isTrue();
  }

  private static Reply.Builder notGranted(Request acquire) {
    return Reply.newBuilder()
        .setNumber(acquire.getNumber())
        .setAcquire(
            AcquireResult.newBuilder()
                .setNotGranted(NotGrantedReason.NOT_GRANTED_REASON_CANCELLED));
  }

  @Test
  void grantThatCrossesTheCancellation_isGivenBack() throws Exception {
    SignalboxClient client = client();
    ScriptedStream stream = opened();
    RemoteSemaphore a = semaphore(client, stream, "a");
    CompletableFuture<Permit> wanted = a.acquireAsync();
    Request acquire = stream.nextRequest();
    assertThat(wanted.cancel(true)).isTrue();
    assertThat(stream.nextRequest().hasCancel()).isTrue();
    stream.reply(ScriptedStream.granted(acquire, ScriptedStream.grantId(7)));
    Request release = stream.nextRequest();
    assertThat(release.getRelease().getItems(0).getGiveBack().getGrantId())
        .isEqualTo(ScriptedStream.grantId(7));
  }

  @Test
  void grantThatComesAfterTheCallersOwnTimeout_isGivenBack() throws Exception {
    SignalboxClient client = client();
    ScriptedStream stream = opened();
    RemoteSemaphore a = semaphore(client, stream, "a");
    CompletableFuture<Optional<Permit>> wanted =
        client
            .acquireAsync(Acquire.of(a, 1))
            .completeOnTimeout(Optional.empty(), 10, TimeUnit.MILLISECONDS);
    Request acquire = stream.nextRequest();
    assertThat(wanted.get()).isEmpty();
    assertThat(stream.nextRequest().hasCancel()).isTrue();
    stream.reply(ScriptedStream.granted(acquire, ScriptedStream.grantId(7)));
    assertThat(stream.nextRequest().hasRelease()).isTrue();
  }

  @Test
  void acquireThatWasNotSent_neverIs() throws Exception {
    SignalboxClient client = client();
    ScriptedStream stream = service().nextStream();
    CompletableFuture<RemoteSemaphore> opening = client.semaphores().openAsync("a");
    stream.open(10_000);
    stream.replyExists(stream.nextRequest());
    RemoteSemaphore a = opening.get();
    stream.end(io.grpc.Status.UNAVAILABLE, "GOING_AWAY");
    ScriptedStream second = service().nextStream();
    CompletableFuture<Permit> wanted = a.acquireAsync();
    assertThat(wanted.cancel(true)).isTrue();
    assertThat(second.resume().hasResume()).isTrue();
    CompletableFuture<Permit> other = a.acquireAsync(5);
    Request acquire = second.nextRequest();
    assertThat(acquire.getAcquire().getParts(0).getPermits()).isEqualTo(5);
    assertThat(other.isDone()).isFalse();
  }

  @Test
  void interruptedRelease_takesItsCourse() throws Exception {
    SignalboxClient client = client();
    ScriptedStream stream = opened();
    RemoteSemaphore a = semaphore(client, stream, "a");
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    Thread caller =
        new Thread(() -> {
          try {
            thrown.complete(new AssertionError(a.release(1)));
          } catch (InterruptedException e) {
            thrown.complete(e);
          }
        });
    caller.start();
    Request release = stream.nextRequest();
    caller.interrupt();
    assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
    stream.reply(ScriptedStream.released(release));
    assertThat(granted(a, stream, 1).isHeld()).isTrue();
  }
}
