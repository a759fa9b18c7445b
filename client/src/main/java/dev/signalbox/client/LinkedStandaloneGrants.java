package dev.signalbox.client;

import dev.signalbox.client.internal.Call;
import dev.signalbox.client.internal.Durations;
import dev.signalbox.client.internal.GrantId;
import dev.signalbox.client.internal.OnceCall;
import dev.signalbox.client.internal.SessionLink;
import dev.signalbox.client.internal.UnaryCall;
import dev.signalbox.v1.AcquireRequest;
import dev.signalbox.v1.AcquireResult;
import dev.signalbox.v1.Grant;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Grants with sessions of their own, by way of a link. */
final class LinkedStandaloneGrants implements StandaloneGrants {
  private final SessionLink link;
  private final String clientName;

  LinkedStandaloneGrants(SessionLink link, String clientName) {
    this.link = link;
    this.clientName = clientName;
  }

  @Override
  public Optional<StandaloneGrant> acquire(Acquire acquire, Duration lease)
      throws InterruptedException {
    return link.perform(call(acquire, lease));
  }

  @Override
  public CompletableFuture<Optional<StandaloneGrant>> acquireAsync(
      Acquire acquire, Duration lease) {
    return link.begin(call(acquire, lease));
  }

  private Call<Optional<StandaloneGrant>> call(Acquire acquire, Duration lease) {
    AcquireRequest request =
        AcquireRequest.newBuilder()
            .setAcquire(Wire.acquire(acquire))
            .setLease(Durations.toWire(lease))
            .setClientName(clientName)
            .build();
    return OnceCall.acquire(
        link, request, LinkedStandaloneGrants::read, acquire.within(), this::giveBack);
  }

  private static Optional<StandaloneGrant> read(AcquireResult result) {
    return result.hasGrant() ? Optional.of(read(result.getGrant())) : Optional.empty();
  }

  private static StandaloneGrant read(Grant grant) {
    return new StandaloneGrant(
        GrantId.of(grant.getId()).toString(),
        grant.getPartsList().stream()
            .map(part -> Wire.granted(part, part.getSemaphore()))
            .toList());
  }

  private void giveBack(Optional<StandaloneGrant> unwanted) {
    String id = unwanted.map(StandaloneGrant::id).orElse("");
    if (!id.isEmpty()) {
      var unused = link.begin(ReleaseCall.ofOne(link, ReleaseItem.giveBack(id)));
    }
  }

  @Override
  public Duration renew(String grantId) throws InterruptedException {
    return link.perform(renewal(grantId));
  }

  @Override
  public CompletableFuture<Duration> renewAsync(String grantId) {
    return Access.begin(link, () -> renewal(grantId));
  }

  private Call<Duration> renewal(String grantId) {
    return UnaryCall.renewal(
        link, Wire.grantId(grantId), renewed -> Durations.fromWire(renewed.getLease()));
  }
}
