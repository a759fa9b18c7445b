package dev.signalbox.client;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.client.SignalboxException.AlreadyExists;
import dev.signalbox.client.SignalboxException.InUse;
import dev.signalbox.client.SignalboxException.InvalidArgument;
import dev.signalbox.client.SignalboxException.NotFound;
import dev.signalbox.client.SignalboxException.TooManyPosts;
import dev.signalbox.client.SignalboxException.WrongKind;
import dev.signalbox.server.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventsTest extends WithServer {
  private SignalboxClient client;
  private Events events;
  private RemoteEvent auto;
  private RemoteEvent manual;

  @BeforeEach
  void create() throws Exception {
    client = client();
    events = client.events();
    auto = events.create("auto", EventSpec.autoReset());
    manual = events.create("manual", EventSpec.manualReset());
  }

  @Test
  @Rule({"V1", "O2"})
  void create_makesAnEvent_orOpensIt() throws Exception {
    SemaphoreInfo info = events.create("set", EventSpec.manualReset().initiallySet()).info();
    assertThat(info.kind()).isEqualTo(ObjectKind.EVENT);
    assertThat(List.of(info.count(), info.max())).containsExactly(1, 1);
    assertThat(info.manualReset()).isTrue();
    assertThat(auto.info().manualReset()).isFalse();
    assertThat(auto.infoAsync().get().count()).isZero();
    EventSpec other = EventSpec.manualReset().idleTtl(ofMinutes(1));
    assertThat(events.create("auto", other).info().manualReset()).isFalse();
    assertThatThrownBy(() -> events.create("auto", other.ifExists(IfExists.UPDATE)))
        .isInstanceOf(AlreadyExists.class);
    assertThat(events.createAsync("manual", other.ifExists(IfExists.UPDATE)).get().info().idleTtl())
        .contains(ofMinutes(1));
  }

  @Test
  @Rule("O4")
  void open_needsTheNameAndTheKind() throws Exception {
    assertThat(events.open("auto").name()).isEqualTo("auto");
    assertThat(events.openAsync("manual").get().name()).isEqualTo("manual");
    assertThatThrownBy(() -> events.open("missing")).isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> client.mutexes().open("auto")).isInstanceOf(WrongKind.class);
    var unused = client.semaphores().create("s", SemaphoreSpec.max(1));
    assertThatThrownBy(() -> events.open("s")).isInstanceOf(WrongKind.class);
  }

  @Test
  @Rule("O5")
  void delete_needsForceWhileSomebodyWaits() throws Exception {
    CompletableFuture<Boolean> waiting = auto.awaitAsync(ofMinutes(1));
    eventually().until(() -> auto.info().waiting() == 1);
    assertThatThrownBy(() -> events.delete("auto")).isInstanceOf(InUse.class);
    events.deleteByForce("auto");
    assertThatThrownBy(waiting::get).hasCauseInstanceOf(NotFound.class);
    assertThatThrownBy(auto::set).isInstanceOf(NotFound.class);
    assertThatThrownBy(auto::reset).isInstanceOf(NotFound.class);
    events.deleteAsync("manual", false).get();
    assertThatThrownBy(() -> events.open("manual")).isInstanceOf(NotFound.class);
  }

  @Test
  @Rule("V2")
  void set_ofAnEventThatIsSet_isNoFailure() throws Exception {
    assertThat(auto.set()).isFalse();
    assertThat(auto.set()).isTrue();
    assertThat(auto.setAsync().get()).isTrue();
    assertThat(auto.info().count()).isEqualTo(1);
    auto.await();
    assertThat(auto.await(Duration.ZERO)).isFalse();
  }

  @Test
  @Rule({"V2", "A3"})
  void set_ofAutoReset_letsTheFirstWaiterThrough_andNobodyElse() throws Exception {
    CompletableFuture<Boolean> first = auto.awaitAsync(ofMinutes(1));
    CompletableFuture<Boolean> second = auto.awaitAsync(ofMinutes(1));
    eventually().until(() -> auto.info().waiting() == 2);
    assertThat(auto.set()).isFalse();
    assertThat(first.get(20, TimeUnit.SECONDS)).isTrue();
    assertThat(auto.info().waiting()).isEqualTo(1);
    assertThat(auto.set()).isFalse();
    assertThat(second.get(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  @Rule("V3")
  void set_ofManualReset_letsEverybodyThrough_untilItIsReset() throws Exception {
    List<CompletableFuture<Boolean>> waiting = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      waiting.add(manual.awaitAsync(ofMinutes(1)));
    }
    eventually().until(() -> manual.info().waiting() == 20);
    assertThat(manual.set()).isFalse();
    for (CompletableFuture<Boolean> waiter : waiting) {
      assertThat(waiter.get(20, TimeUnit.SECONDS)).isTrue();
    }
    manual.await();
    assertThat(manual.await(Duration.ZERO)).isTrue();
    assertThat(manual.reset()).isTrue();
    assertThat(manual.await(ofMillis(1))).isFalse();
  }

  @Test
  @Rule("V4")
  void reset_saysWhetherItWasSet() throws Exception {
    assertThat(auto.reset()).isFalse();
    auto.set();
    assertThat(auto.reset()).isTrue();
    assertThat(auto.resetAsync().get()).isFalse();
    assertThat(auto.await(Duration.ZERO)).isFalse();
  }

  @Test
  @Rule({"V1", "A4", "A9"})
  void event_besideASemaphore_isNotHeld() throws Exception {
    RemoteSemaphore s = client.semaphores().create("s", SemaphoreSpec.max(1));
    auto.set();
    Permit permit =
        client.acquire(Acquire.allOf(auto.signal(), s.permits(1)).within(ofSeconds(20))).get();
    assertThat(permit.parts()).extracting(GrantedPart::consumed).containsExactly(true, false);
    assertThat(auto.info().held()).isZero();
    permit.release();
    assertThat(s.info().count()).isEqualTo(1);
    assertThat(auto.info().count()).isZero();
  }

  @Test
  @Rule({"A5", "V3"})
  void anyOf_takesTheFirstThatIsThere_ofAnyKind() throws Exception {
    RemoteMutex m = client.mutexes().create("m");
    Acquire any = Acquire.anyOf(auto.signal(), m.permit(), manual.signal());
    assertThat(client.acquire(any).orElseThrow().semaphore()).isEqualTo("m");
    manual.set();
    assertThat(client.acquire(any).orElseThrow().choice()).isEqualTo(2);
    auto.set();
    assertThat(client.acquire(any).orElseThrow().choice()).isZero();
  }

  @Test
  @Rule({"V2", "R3"})
  void set_isAnItemLikeAnyOther() throws Exception {
    RemoteSemaphore full = client.semaphores().create("full", SemaphoreSpec.max(1));
    assertThatThrownBy(
            () -> client.release(List.of(ReleaseItem.set(auto), ReleaseItem.signal(full, 1))))
        .isInstanceOf(TooManyPosts.class);
    assertThat(auto.info().count()).isZero();
    List<ReleaseResult> results =
        client.release(List.of(ReleaseItem.set(auto), ReleaseItem.set(auto)));
    assertThat(results).extracting(ReleaseResult::previousCount).containsExactly(0, 1);
    ReleasedAndAcquired both =
        client.releaseAndAcquire(
            List.of(ReleaseItem.set(auto)), Acquire.allOf(auto.signal()).within(Duration.ZERO));
    assertThat(both.released().get(0).previousCount()).isEqualTo(1);
    assertThat(both.permit()).isPresent();
    assertThatExceptionOfType(InvalidArgument.class)
        .isThrownBy(() -> client.release(List.of(new ReleaseItem.Signal(auto, 2))))
        .satisfies(e -> assertThat(e.field()).isEqualTo("release.items[0].signal.permits"));
  }

  @Test
  @Rule({"V2", "L8"})
  void set_mayBeALastWill() throws Exception {
    SignalboxClient frail =
        started(
            builder().target(network().target()).lease(ofMinutes(1)).endAfterBreak(Duration.ZERO));
    var unused = frail.leaveWill(List.of(ReleaseItem.set(frail.events().open("auto"))));
    CompletableFuture<Boolean> waiting = auto.awaitAsync(ofMinutes(1));
    network().cut();
    assertThat(waiting.get(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  @Rule({"V2", "V4", "E1"})
  void setAndReset_overAConnectionThatBreaks_happenOnceEach() throws Exception {
    RemoteEvent remote = remoteClient(ofMinutes(1)).events().open("auto");
    for (int i = 0; i < 30; i++) {
      CompletableFuture<Boolean> set = remote.setAsync();
      CompletableFuture<Boolean> reset = remote.resetAsync();
      if (i % 3 == 0) {
        network().cut();
      }
      assertThat(set.get(20, TimeUnit.SECONDS)).as("set before the set, round %d", i).isFalse();
      assertThat(reset.get(20, TimeUnit.SECONDS)).as("set before the reset").isTrue();
      CompletableFuture<Boolean> waiting = remote.awaitAsync(ofMinutes(1));
      assertThat(remote.set()).isFalse();
      assertThat(waiting.get(20, TimeUnit.SECONDS)).isTrue();
      assertThat(auto.info().count()).as("the signal is used up").isZero();
    }
  }

  @Test
  @Rule({"V1", "A7"})
  void await_thatIsCancelled_leavesTheQueue() throws Exception {
    CompletableFuture<Boolean> waiting = auto.awaitAsync(ofMinutes(1));
    eventually().until(() -> auto.info().waiting() == 1);
    assertThat(waiting.cancel(true)).isTrue();
    eventually().until(() -> auto.info().waiting() == 0);
    auto.set();
    assertThat(auto.info().count()).isEqualTo(1);
  }
}
