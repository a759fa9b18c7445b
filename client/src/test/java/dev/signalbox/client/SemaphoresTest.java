package dev.signalbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.client.SignalboxException.AlreadyExists;
import dev.signalbox.client.SignalboxException.Conclusion;
import dev.signalbox.client.SignalboxException.InUse;
import dev.signalbox.client.SignalboxException.InvalidArgument;
import dev.signalbox.client.SignalboxException.NotFound;
import dev.signalbox.client.SignalboxException.WrongKind;
import dev.signalbox.server.Rule;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SemaphoresTest extends WithServer {
  private SignalboxClient client;
  private Semaphores semaphores;

  @BeforeEach
  void connect() {
    client = client();
    semaphores = client.semaphores();
  }

  @Test
  @Rule("O1")
  void create_makesWhatWasAskedFor() throws Exception {
    SemaphoreSpec spec = SemaphoreSpec.max(8).initial(3).ownerOnly().idleTtl(Duration.ofHours(1));
    SemaphoreInfo info = semaphores.create("a/b", spec).info();
    assertThat(info.name()).isEqualTo("a/b");
    assertThat(info.max()).isEqualTo(8);
    assertThat(info.count()).isEqualTo(3);
    assertThat(info.ownerOnly()).isTrue();
    assertThat(info.numbered()).isFalse();
    assertThat(info.idleTtl()).contains(Duration.ofHours(1));
    assertThat(info.kind()).isEqualTo(ObjectKind.SEMAPHORE);
    assertThat(info.refill()).isEmpty();
  }

  @Test
  @Rule({"O2", "M1", "V1"})
  void handle_saysWhetherTheObjectWasThereBefore() throws Exception {
    RemoteSemaphore first = semaphores.create("a", SemaphoreSpec.max(1));
    assertThat(first.alreadyExisted()).isFalse();
    assertThat(first.withRights(Set.of(AccessRight.QUERY_STATE)).alreadyExisted()).isFalse();
    assertThat(semaphores.create("a", SemaphoreSpec.max(2)).alreadyExisted()).isTrue();
    assertThat(semaphores.open("a").alreadyExisted()).isTrue();
    assertThat(client.mutexes().create("m").alreadyExisted()).isFalse();
    assertThat(client.mutexes().create("m").alreadyExisted()).isTrue();
    assertThat(client.events().create("e", EventSpec.autoReset()).alreadyExisted()).isFalse();
    assertThat(client.events().create("e", EventSpec.autoReset()).alreadyExisted()).isTrue();
  }

  @Test
  @Rule("Q1")
  void create_withRefill_reportsIt() throws Exception {
    SemaphoreSpec spec = SemaphoreSpec.max(100).refill(10, Duration.ofSeconds(1));
    assertThat(semaphores.create("rate", spec).info().refill())
        .contains(new Refill(10, Duration.ofSeconds(1)));
  }

  @Test
  @Rule("O1")
  void create_outOfRange_namesTheField() {
    assertThatExceptionOfType(InvalidArgument.class)
        .isThrownBy(() -> semaphores.create("a", SemaphoreSpec.max(0)))
        .satisfies(e -> assertThat(e.field()).isEqualTo("create.max_count"))
        .satisfies(e -> assertThat(e.reason()).isEqualTo("INVALID_FIELD"))
        .satisfies(e -> assertThat(e.conclusion()).isEqualTo(Conclusion.NOT_DONE));
    assertThatThrownBy(() -> semaphores.open("a")).isInstanceOf(NotFound.class);
  }

  @Test
  @Rule("O2")
  void create_ofAnExistingName_doesAsChosen() throws Exception {
    var unused = semaphores.create("a", SemaphoreSpec.max(2));
    SemaphoreSpec other = SemaphoreSpec.max(5);
    assertThat(semaphores.create("a", other).info().max()).isEqualTo(2);
    assertThatThrownBy(() -> semaphores.create("a", other.ifExists(IfExists.FAIL)))
        .isInstanceOf(AlreadyExists.class);
    assertThat(semaphores.create("a", other.ifExists(IfExists.UPDATE)).info().max()).isEqualTo(5);
  }

  @Test
  @Rule("O4")
  void open_needsTheNameAndTheKind() throws Exception {
    assertThatThrownBy(() -> semaphores.open("a")).isInstanceOf(NotFound.class);
    var unused = client().events().create("a", EventSpec.autoReset());
    assertThatThrownBy(() -> semaphores.open("a")).isInstanceOf(WrongKind.class);
    assertThat(client().events().open("a").name()).isEqualTo("a");
  }

  @Test
  @Rule("O5")
  void delete_needsForceWhileInUse() throws Exception {
    RemoteSemaphore a = semaphores.create("a", SemaphoreSpec.max(1));
    Permit permit = a.acquire();
    assertThatThrownBy(() -> semaphores.delete("a")).isInstanceOf(InUse.class);
    CompletableFuture<LossReason> lost = new CompletableFuture<>();
    permit.onLost(lost::complete);
    CompletableFuture<Permit> waiting = a.acquireAsync();
    semaphores.deleteByForce("a");
    assertThat(lost.get()).isEqualTo(LossReason.SEMAPHORE_DELETED);
    assertThatThrownBy(waiting::get).hasCauseInstanceOf(NotFound.class);
    assertThat(permit.isHeld()).isFalse();
    assertThatThrownBy(permit::ensureHeld).isInstanceOf(SignalboxException.GrantExpired.class);
    assertThat(permit.release().notHeldBecause()).contains(LossReason.SEMAPHORE_DELETED);
    assertThatThrownBy(a::info).isInstanceOf(NotFound.class);
  }

  @Test
  void delete_removesTheName() throws Exception {
    var unused = semaphores.create("a", SemaphoreSpec.max(1));
    semaphores.delete("a");
    assertThatThrownBy(() -> semaphores.delete("a")).isInstanceOf(NotFound.class);
  }

  @Test
  void list_takesAllPages_inOrder() throws Exception {
    CompletableFuture<?>[] made = new CompletableFuture<?>[2_300];
    for (int i = 0; i < made.length; i++) {
      made[i] = semaphores.createAsync(String.format("l/%04d", i), SemaphoreSpec.max(1));
    }
    CompletableFuture.allOf(made).get();
    var unused = semaphores.create("other", SemaphoreSpec.max(1));
    List<String> names = semaphores.list("l/").stream().map(SemaphoreInfo::name).toList();
    assertThat(names).hasSize(2_300).isSorted().startsWith("l/0000").endsWith("l/2299");
    assertThat(semaphores.listAsync("l/").get()).hasSize(2_300);
    assertThat(semaphores.list("nothing")).isEmpty();
  }

  @Test
  void asyncForms_doTheSame() throws Exception {
    RemoteSemaphore a = semaphores.createAsync("a", SemaphoreSpec.max(3)).get();
    assertThat(semaphores.openAsync("a").get().name()).isEqualTo("a");
    assertThat(a.infoAsync(0).get().max()).isEqualTo(3);
    assertThat(a.resizeAsync(4).get().max()).isEqualTo(4);
    semaphores.deleteAsync("a", false).get();
    assertThatThrownBy(semaphores.openAsync("a")::get)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(NotFound.class);
  }

  @Test
  void asyncRead_isToldAtOnce_thoughNothingElseComes() throws Exception {
    RemoteSemaphore a = semaphores.create("a", SemaphoreSpec.max(3));
    CompletableFuture<SemaphoreInfo> inTurn = a.infoAsync(0);
    for (int i = 0; i < 80; i++) {
      inTurn = inTurn.thenCompose(info -> a.infoAsync(0));
    }
    assertThat(inTurn.thenApply(SemaphoreInfo::max))
        .as("told on the link's tick it would take 20 s")
        .succeedsWithin(Duration.ofSeconds(10))
        .isEqualTo(3);
  }

  @Test
  @Rule("O6")
  void resize_growsServesAndClosesWithoutTakingAway() throws Exception {
    RemoteSemaphore a = semaphores.create("a", SemaphoreSpec.max(2));
    Permit both = a.acquire(2);
    CompletableFuture<Permit> third = a.acquireAsync();
    assertThat(a.resize(3).max()).isEqualTo(3);
    assertThat(third.get().isHeld()).isTrue();
    SemaphoreInfo closed = a.resize(0);
    assertThat(closed.debt()).isEqualTo(3);
    assertThat(both.isHeld()).isTrue();
  }

  @Test
  void info_listsHoldersAndWaiters_asFarAsAsked() throws Exception {
    RemoteSemaphore a = semaphores.create("a", SemaphoreSpec.max(1));
    try (Permit held = a.acquire();
        SignalboxClient other = started(builder().target(target()).clientName("other"))) {
      CompletableFuture<Permit> waiting = other.semaphores().open("a").acquireAsync();
      eventually().until(() -> a.info().waiting() == 1);
      SemaphoreInfo info = a.info(10);
      assertThat(info.holders()).hasSize(1);
      assertThat(info.holders().get(0).permits()).isEqualTo(1);
      assertThat(info.waiters())
          .extracting(SemaphoreInfo.Waiter::clientName)
          .containsExactly("other");
      assertThat(a.info().holders()).isEmpty();
      assertThat(held.isHeld() && !waiting.isDone()).isTrue();
    }
  }

  private String target() {
    return "127.0.0.1:" + server().port();
  }

  @Test
  @Rule("A3")
  void tryAcquire_doesNotOvertake() throws Exception {
    RemoteSemaphore a = semaphores.create("a", SemaphoreSpec.max(2));
    try (Permit one = a.acquire()) {
      CompletableFuture<Permit> two = a.acquireAsync(2);
      eventually().until(() -> a.info().waiting() == 1);
      assertThat(a.tryAcquire()).isEqualTo(Optional.empty());
      assertThat(one.isHeld() && two.cancel(true)).isTrue();
      eventually().until(() -> a.tryAcquire().isPresent());
    }
  }
}
