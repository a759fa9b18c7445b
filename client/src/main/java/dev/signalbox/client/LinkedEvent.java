package dev.signalbox.client;

import dev.signalbox.client.internal.Call;
import dev.signalbox.client.internal.SessionLink;
import dev.signalbox.client.internal.UnaryCall;
import dev.signalbox.v1.ResetEvent;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** An event as seen through a link. */
final class LinkedEvent implements RemoteEvent {
  private final SessionLink link;
  private final String name;

  LinkedEvent(SessionLink link, String name) {
    this.link = link;
    this.name = name;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Acquire.Part signal() {
    return new Acquire.Part(this, 1);
  }

  @Override
  public boolean set() throws InterruptedException {
    return wasSet(link.perform(setting()));
  }

  @Override
  public CompletableFuture<Boolean> setAsync() {
    return link.begin(setting()).thenApply(LinkedEvent::wasSet);
  }

  private Call<ReleaseResult> setting() {
    return ReleaseCall.ofOne(link, ReleaseItem.set(this));
  }

  private static boolean wasSet(ReleaseResult result) {
    return result.previousCount() > 0;
  }

  @Override
  public boolean reset() throws InterruptedException {
    return link.perform(resetting());
  }

  @Override
  public CompletableFuture<Boolean> resetAsync() {
    return link.begin(resetting());
  }

  private Call<Boolean> resetting() {
    ResetEvent reset = ResetEvent.newBuilder().setName(name).build();
    return new PlainCall<>(
        link,
        request -> request.setResetEvent(reset),
        reply -> reply.getReset().getPreviousCount() > 0);
  }

  @Override
  public void await() throws InterruptedException {
    var unused = link.perform(AcquireCall.untilGranted(link, Wanted.of(Acquire.allOf(signal()))));
  }

  @Override
  public boolean await(Duration wait) throws InterruptedException {
    return link.perform(waiting(wait));
  }

  @Override
  public CompletableFuture<Boolean> awaitAsync(Duration wait) {
    return link.begin(waiting(wait));
  }

  private Call<Boolean> waiting(Duration wait) {
    return AcquireCall.whetherGranted(link, Wanted.of(Acquire.allOf(signal()).within(wait)));
  }

  @Override
  public SemaphoreInfo info() throws InterruptedException {
    return link.perform(look());
  }

  @Override
  public CompletableFuture<SemaphoreInfo> infoAsync() {
    return link.begin(look());
  }

  private Call<SemaphoreInfo> look() {
    return UnaryCall.semaphore(link, name, 0, false, Wire::info);
  }

  @Override
  public String toString() {
    return name;
  }
}
