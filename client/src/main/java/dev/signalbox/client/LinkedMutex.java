package dev.signalbox.client;

import dev.signalbox.client.internal.Call;
import dev.signalbox.client.internal.SessionLink;
import dev.signalbox.client.internal.UnaryCall;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A mutex as seen through a link. */
final class LinkedMutex implements RemoteMutex {
  private static final int LISTED = 1;

  private final SessionLink link;
  private final String name;

  LinkedMutex(SessionLink link, String name) {
    this.link = link;
    this.name = name;
  }

  @Override
  public String name() {
    return name;
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
    return link.begin(untilGranted());
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
    return link.begin(ifGranted(wait));
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
    return link.begin(giveBack());
  }

  private Call<ReleaseResult> giveBack() {
    return ReleaseCall.ofOne(link, ReleaseItem.release(this));
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
    return UnaryCall.semaphore(link, name, LISTED, false, Wire::info);
  }

  @Override
  public String toString() {
    return name;
  }
}
