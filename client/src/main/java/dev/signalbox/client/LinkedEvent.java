package dev.signalbox.client;

import dev.signalbox.client.internal.Call;
import dev.signalbox.client.internal.SessionLink;
import dev.signalbox.v1.ResetEvent;
import dev.signalbox.v1.SemaphoreResult;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** An event as seen through a link. */
final class LinkedEvent extends LinkedObject implements RemoteEvent {
  LinkedEvent(SessionLink link, SemaphoreResult found, Set<AccessRight> rights) {
    super(link, found, rights);
  }

  private LinkedEvent(LinkedEvent wider, Set<AccessRight> fewer) {
    super(wider, fewer);
  }

  @Override
  public RemoteEvent withRights(Set<AccessRight> fewer) {
    return new LinkedEvent(this, fewer);
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
    return Access.begin(link, this::setting).thenApply(LinkedEvent::wasSet);
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
    return Access.begin(link, this::resetting);
  }

  private Call<Boolean> resetting() {
    Access.ensure(this, AccessRight.MODIFY_STATE);
    ResetEvent reset = ResetEvent.newBuilder().setName(name()).build();
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
    return Access.begin(link, () -> waiting(wait));
  }

  private Call<Boolean> waiting(Duration wait) {
    return AcquireCall.whetherGranted(link, Wanted.of(Acquire.allOf(signal()).within(wait)));
  }

  @Override
  public SemaphoreInfo info() throws InterruptedException {
    return link.perform(look(0, ReadMode.LINEARIZABLE));
  }

  @Override
  public CompletableFuture<SemaphoreInfo> infoAsync() {
    return Access.begin(link, () -> look(0, ReadMode.LINEARIZABLE));
  }
}
