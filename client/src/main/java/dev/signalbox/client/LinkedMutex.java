package dev.signalbox.client;

import dev.signalbox.client.internal.Call;
import dev.signalbox.client.internal.SessionLink;
import dev.signalbox.v1.SemaphoreResult;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** A mutex as seen through a link. */
final class LinkedMutex extends LinkedObject implements RemoteMutex {
  private static final int LISTED = 1;

  LinkedMutex(SessionLink link, SemaphoreResult found, Set<AccessRight> rights) {
    super(link, found, rights);
  }

  private LinkedMutex(LinkedMutex wider, Set<AccessRight> fewer) {
    super(wider, fewer);
  }

  @Override
  public RemoteMutex withRights(Set<AccessRight> fewer) {
    return new LinkedMutex(this, fewer);
  }

  @Override
  public Acquire.Part permit() {
    return new Acquire.Part(this, 1);
  }

  @Override
  public Permit acquire() throws InterruptedException {
    return link.perform(untilGranted());
  }

  @Override
  public CompletableFuture<Permit> acquireAsync() {
    return Access.begin(link, this::untilGranted);
  }

  private Call<Permit> untilGranted() {
    return AcquireCall.untilGranted(link, Wanted.of(Acquire.allOf(permit())));
  }

  @Override
  public Optional<Permit> tryAcquire() throws InterruptedException {
    return tryAcquire(Duration.ZERO);
  }

  @Override
  public Optional<Permit> tryAcquire(Duration wait) throws InterruptedException {
    return link.perform(ifGranted(wait));
  }

  @Override
  public CompletableFuture<Optional<Permit>> acquireAsync(Duration wait) {
    return Access.begin(link, () -> ifGranted(wait));
  }

  private Call<Optional<Permit>> ifGranted(Duration wait) {
    return AcquireCall.ifGranted(link, Wanted.of(Acquire.allOf(permit()).within(wait)));
  }

  @Override
  public ReleaseResult release() throws InterruptedException {
    return link.perform(giveBack());
  }

  @Override
  public CompletableFuture<ReleaseResult> releaseAsync() {
    return Access.begin(link, this::giveBack);
  }

  private Call<ReleaseResult> giveBack() {
    return ReleaseCall.ofOne(link, ReleaseItem.release(this));
  }

  @Override
  public SemaphoreInfo info() throws InterruptedException {
    return link.perform(look(LISTED, ReadMode.LINEARIZABLE));
  }

  @Override
  public CompletableFuture<SemaphoreInfo> infoAsync() {
    return Access.begin(link, () -> look(LISTED, ReadMode.LINEARIZABLE));
  }
}
