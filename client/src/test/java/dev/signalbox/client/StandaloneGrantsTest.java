package dev.signalbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.client.SignalboxException.Conclusion;
import dev.signalbox.client.SignalboxException.InvalidArgument;
import dev.signalbox.client.SignalboxException.NotFound;
import dev.signalbox.client.SignalboxException.SessionLost;
import dev.signalbox.client.SignalboxException.Unavailable;
import dev.signalbox.server.Rule;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StandaloneGrantsTest extends WithServer {
  private static final Duration LEASE = Duration.ofSeconds(30);

  private SignalboxClient client;
  private RemoteSemaphore a;

  @BeforeEach
  void connect() throws Exception {
    client = client();
    a = client.semaphores().create("a", SemaphoreSpec.max(2).numbered());
  }

  private Acquire one() {
    return Acquire.of(a, 1);
  }

  private StandaloneGrant granted(SignalboxClient by) throws InterruptedException {
    return by.standaloneGrants().acquire(one(), LEASE).orElseThrow();
  }

  @Test
  @Rule({"A8", "R4"})
  void grant_outlivesItsClient_andIsGivenBackByItsId() throws Exception {
    StandaloneGrant grant;
    try (SignalboxClient other = started(builder().target(target()).clientName("other"))) {
      grant = granted(other);
    }
    assertThat(grant.parts())
        .containsExactly(new GrantedPart("a", 1, false, List.of(0), List.of(1L), false));
    assertThat(a.info(1).holders().get(0).clientName()).isEqualTo("other");
    ReleaseItem back = ReleaseItem.giveBack(grant.id());
    assertThat(client.release(List.of(back)).get(0).released()).isTrue();
    assertThat(client.release(List.of(back)).get(0).released()).isFalse();
    assertThat(a.info().held()).isZero();
  }

  private String target() {
    return "127.0.0.1:" + server().port();
  }

  @Test
  @Rule({"L1", "L2"})
  void grant_endsWithItsLease_unlessItIsRenewed() throws Exception {
    Duration second = Duration.ofSeconds(1);
    StandaloneGrant kept = client.standaloneGrants().acquire(one(), second).orElseThrow();
    var left = client.standaloneGrants().acquire(one(), second).orElseThrow();
    eventually()
        .until(() -> {
          assertThat(client.standaloneGrants().renew(kept.id())).isEqualTo(second);
          return a.info().held() == 1;
        });
    assertThatThrownBy(() -> client.standaloneGrants().renew(left.id()))
        .isInstanceOf(SessionLost.class);
    assertThat(client.standaloneGrants().renewAsync(kept.id()).get()).isEqualTo(second);
  }

  @Test
  @Rule("A2")
  void acquire_thatIsNotServedInTime_isEmpty() throws Exception {
    try (Permit both = a.acquire(2)) {
      Acquire soon = one().within(Duration.ofMillis(1));
      assertThat(client.standaloneGrants().acquire(soon, LEASE)).isEmpty();
      assertThat(both.isHeld()).isTrue();
    }
  }

  @Test
  @Rule("A9")
  void acquire_thatConsumes_leavesNothingToGiveBack() throws Exception {
    RemoteSemaphore tokens = client.semaphores().create("tokens", SemaphoreSpec.max(2));
    Acquire consuming = Acquire.of(tokens, 2).consume();
    assertThat(client.standaloneGrants().acquire(consuming, LEASE).orElseThrow().id()).isEmpty();
    assertThat(tokens.info().count()).isZero();
    assertThat(tokens.info().held()).isZero();
  }

  @Test
  @Rule("A7")
  void acquire_thatIsGivenUp_leavesTheQueue() throws Exception {
    try (Permit both = a.acquire(2)) {
      CompletableFuture<Optional<StandaloneGrant>> waiting =
          client.standaloneGrants().acquireAsync(one(), LEASE);
      eventually().until(() -> a.info().waiting() == 1);
      assertThat(waiting.cancel(true)).isTrue();
      eventually().until(() -> a.info().waiting() == 0);
      assertThat(both.isHeld()).isTrue();
    }
    eventually().until(() -> a.info().count() == 2);
  }

  @Test
  void acquire_whoseConnectionBreaks_isNotMadeTwice_andLeavesTheQueue() throws Exception {
    SignalboxClient remote = remoteClient(Duration.ofSeconds(10));
    try (Permit both = a.acquire(2)) {
      CompletableFuture<Optional<StandaloneGrant>> waiting =
          remote.standaloneGrants().acquireAsync(one(), LEASE);
      eventually().until(() -> a.info().waiting() == 1);
      network().cut();
      assertThatThrownBy(() -> waiting.get(20, TimeUnit.SECONDS))
          .cause()
          .isInstanceOfSatisfying(
              Unavailable.class, e -> assertThat(e.conclusion()).isEqualTo(Conclusion.UNKNOWN));
      eventually().until(() -> a.info().waiting() == 0);
      assertThat(both.isHeld()).isTrue();
    }
  }

  @Test
  void acquire_whenTheClientIsClosed_fails_andLeavesTheQueue() throws Exception {
    SignalboxClient other = started(builder().target(target()));
    try (Permit both = a.acquire(2)) {
      CompletableFuture<Optional<StandaloneGrant>> waiting =
          other.standaloneGrants().acquireAsync(one(), LEASE);
      eventually().until(() -> a.info().waiting() == 1);
      other.close();
      assertThatThrownBy(() -> waiting.get(20, TimeUnit.SECONDS))
          .hasCauseInstanceOf(SignalboxException.ClientClosed.class);
      eventually().until(() -> a.info().waiting() == 0);
      assertThat(both.isHeld()).isTrue();
    }
  }

  @Test
  void badInput_namesTheField() throws Exception {
    assertThatExceptionOfType(InvalidArgument.class)
        .isThrownBy(() -> client.standaloneGrants().acquire(one(), Duration.ofMillis(1)))
        .satisfies(e -> assertThat(e.field()).isEqualTo("lease"));
    assertThatExceptionOfType(InvalidArgument.class)
        .isThrownBy(() -> client.standaloneGrants().renew("x"))
        .satisfies(e -> assertThat(e.field()).isEqualTo("grantId"));
    client.semaphores().delete("a");
    assertThatThrownBy(() -> granted(client)).isInstanceOf(NotFound.class);
  }
}
