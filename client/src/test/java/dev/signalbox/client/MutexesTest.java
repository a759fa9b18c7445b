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
import dev.signalbox.client.SignalboxException.NotHeld;
import dev.signalbox.client.SignalboxException.WrongKind;
import dev.signalbox.server.Rule;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MutexesTest extends WithServer {
  private Mutexes mutexes;
  private RemoteMutex mutex;

  @BeforeEach
  void create() throws Exception {
    mutexes = client().mutexes();
    mutex = mutexes.create("m");
  }

  /** Ends with its connection, as a process that is killed does. */
  private SignalboxClient frail() {
    return started(
        builder().target(network().target()).lease(ofMinutes(1)).endAfterBreak(Duration.ZERO));
  }

  @Test
  @Rule({"M1", "O2"})
  void create_makesAMutex_orOpensIt() throws Exception {
    SemaphoreInfo info = mutex.info();
    assertThat(info.kind()).isEqualTo(ObjectKind.MUTEX);
    assertThat(List.of(info.count(), info.max())).containsExactly(1, 1);
    assertThat(info.ownerOnly() && info.numbered()).isTrue();
    assertThat(info.abandoned() || info.manualReset()).isFalse();
    assertThat(mutexes.create("m").name()).isEqualTo("m");
    MutexSpec other = MutexSpec.unowned().idleTtl(ofMinutes(1));
    assertThatThrownBy(() -> mutexes.create("m", other.ifExists(IfExists.FAIL)))
        .isInstanceOf(AlreadyExists.class);
    assertThat(mutexes.createAsync("m", other.ifExists(IfExists.UPDATE)).get().info().idleTtl())
        .contains(ofMinutes(1));
  }

  @Test
  @Rule("O4")
  void open_needsTheNameAndTheKind() throws Exception {
    assertThat(mutexes.open("m").name()).isEqualTo("m");
    assertThat(mutexes.openAsync("m").get().info().name()).isEqualTo("m");
    assertThatThrownBy(() -> mutexes.open("missing")).isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> client().semaphores().open("m")).isInstanceOf(WrongKind.class);
    assertThatThrownBy(() -> client().events().open("m")).isInstanceOf(WrongKind.class);
    var unused = client().semaphores().create("s", SemaphoreSpec.max(1));
    assertThatThrownBy(() -> mutexes.open("s")).isInstanceOf(WrongKind.class);
    assertThatThrownBy(() -> mutexes.create("s")).isInstanceOf(WrongKind.class);
    assertThatThrownBy(() -> mutexes.deleteByForce("s")).isInstanceOf(WrongKind.class);
  }

  @Test
  @Rule("O5")
  void delete_needsForceWhileInUse() throws Exception {
    Permit permit = mutex.acquire();
    CompletableFuture<LossReason> lost = new CompletableFuture<>();
    permit.onLost(lost::complete);
    assertThatThrownBy(() -> mutexes.delete("m")).isInstanceOf(InUse.class);
    mutexes.deleteByForce("m");
    assertThat(lost.get(20, TimeUnit.SECONDS)).isEqualTo(LossReason.SEMAPHORE_DELETED);
    assertThat(mutexes.create("m").acquire().isAbandoned()).isFalse();
    mutexes.deleteAsync("m", true).get();
    assertThatThrownBy(() -> mutexes.open("m")).isInstanceOf(NotFound.class);
  }

  @Test
  @Rule({"M2", "A8"})
  void acquire_makesTheSessionItsOwner_withAFencingToken() throws Exception {
    GrantedPart first = mutex.acquire().parts().get(0);
    assertThat(first.slots()).containsExactly(0);
    assertThat(first.epochs()).containsExactly(1L);
    assertThat(mutex.info().holders()).hasSize(1);
    assertThat(client().mutexes().open("m").tryAcquire()).isEmpty();
    assertThat(mutex.release().previousCount()).isZero();
    assertThat(mutex.acquireAsync().get().parts().get(0).epochs()).containsExactly(2L);
  }

  @Test
  @Rule("M2")
  void acquireByItsOwner_waitsLikeAnybodysElse() throws Exception {
    Permit permit = mutex.acquire();
    assertThat(mutex.tryAcquire()).isEmpty();
    assertThat(mutex.tryAcquire(ofMillis(20))).isEmpty();
    CompletableFuture<Optional<Permit>> again = mutex.acquireAsync(ofSeconds(60));
    eventually().until(() -> mutex.infoAsync().get().waiters().size() == 1);
    permit.close();
    assertThat(again.get(20, TimeUnit.SECONDS)).isPresent();
  }

  @Test
  @Rule({"M4", "O8"})
  void release_bySomebodyElse_isRefused() throws Exception {
    Permit permit = mutex.acquire();
    RemoteMutex same = client().mutexes().open("m");
    assertThatThrownBy(same::release).isInstanceOf(NotHeld.class);
    assertThatThrownBy(same.releaseAsync()::get).hasCauseInstanceOf(NotHeld.class);
    assertThat(permit.isHeld()).isTrue();
    mutex.release();
    assertThatThrownBy(mutex::release).isInstanceOf(NotHeld.class);
    assertThat(permit.isHeld()).isFalse();
  }

  @Test
  @Rule({"M3", "L9"})
  void ownerThatDied_isToldToTheNextOne_once() throws Exception {
    Permit victim = frail().mutexes().open("m").acquire();
    CompletableFuture<Permit> next = mutex.acquireAsync();
    eventually().until(() -> mutex.info().waiting() == 1);
    network().cut();
    Permit permit = next.get(20, TimeUnit.SECONDS);
    assertThat(permit.isAbandoned()).isTrue();
    assertThat(permit.parts()).allMatch(GrantedPart::abandoned);
    permit.release();
    assertThat(mutex.acquire().isAbandoned()).isFalse();
    eventually().until(() -> !victim.isHeld());
  }

  @Test
  @Rule({"M3", "L2", "L4"})
  void ownerWhoseLeaseRanOut_isToldToTheNextOne_andLearnsOfItBefore() throws Exception {
    RemoteMutex remote = remoteClient(ofSeconds(1)).mutexes().open("m");
    Permit victim = remote.acquire();
    CompletableFuture<Boolean> heldByBoth =
        mutex.acquireAsync().thenApply(next -> victim.isHeld() || !next.isAbandoned());
    network().silence();
    assertThat(heldByBoth.get(20, TimeUnit.SECONDS)).isFalse();
    network().restore();
    ReleaseResult late = remote.release();
    assertThat(late.released()).isFalse();
    assertThat(late.notHeldBecause()).contains(LossReason.SESSION_LOST);
    assertThat(mutex.info().held()).isEqualTo(1);
  }

  @Test
  @Rule({"M3", "L6", "A10"})
  void ownerThatClosed_orHeldForTooLong_leavesItAbandoned() throws Exception {
    SignalboxClient careless = client();
    var unused = careless.mutexes().open("m").acquire();
    careless.close();
    assertThat(mutex.info().abandoned()).isTrue();
    Permit permit =
        client().acquire(Acquire.allOf(mutex.permit()).holdAtMost(ofMillis(1))).orElseThrow();
    assertThat(permit.isAbandoned()).isTrue();
    assertThat(mutex.acquire().isAbandoned()).isTrue();
    assertThat(mutex.info().abandoned()).isFalse();
  }

  @Test
  @Rule({"R3", "M4"})
  void release_isAnItemLikeAnyOther() throws Exception {
    SignalboxClient client = client();
    RemoteSemaphore full = client.semaphores().create("full", SemaphoreSpec.max(1));
    RemoteMutex mine = client.mutexes().open("m");
    Permit permit = mine.acquire();
    assertThatThrownBy(
            () -> client.release(List.of(ReleaseItem.release(mine), ReleaseItem.signal(full, 1))))
        .isInstanceOf(SignalboxException.TooManyPosts.class);
    assertThat(permit.isHeld()).isTrue();
    ReleasedAndAcquired swapped =
        client.releaseAndAcquire(List.of(ReleaseItem.release(mine)), Acquire.of(full, 1));
    assertThat(swapped.permit()).isPresent();
    assertThat(permit.isHeld()).isFalse();
    assertThatThrownBy(() -> client.release(List.of(ReleaseItem.release(mine))))
        .isInstanceOf(NotHeld.class);
  }

  @Test
  void signalOfAMutex_isNoItem() {
    assertThatExceptionOfType(InvalidArgument.class)
        .isThrownBy(() -> new ReleaseItem.Signal(mutex, 1))
        .satisfies(e -> assertThat(e.field()).isEqualTo("semaphore"));
  }
}
