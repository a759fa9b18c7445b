package dev.signalbox.client;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.server.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Permits that a client hands out by itself. */
class CreditTest extends WithServer {
  private static final Duration LONG = ofSeconds(60);
  private static final Credit ALL = Credit.upTo(8).idleTime(LONG);

  private RemoteSemaphore others;

  @BeforeEach
  void create() throws Exception {
    others = client().semaphores().create("p/db", SemaphoreSpec.max(8));
  }

  private RemoteSemaphore credited(SignalboxClient client, Credit terms) throws Exception {
    return client.semaphores().open("p/db").withCredit(terms);
  }

  private RemoteSemaphore credited() throws Exception {
    return credited(client(), ALL);
  }

  private static boolean isFromCredit(Permit permit) {
    return permit instanceof CreditPermit;
  }

  /** Acquires and gives back until the permit comes from credit, and keeps it. */
  private static Permit fromCredit(RemoteSemaphore handle) {
    List<Permit> kept = new ArrayList<>();
    eventually()
        .until(() -> {
          Permit permit = handle.acquire();
          if (isFromCredit(permit)) {
            return kept.add(permit);
          }
          permit.release();
          return false;
        });
    return kept.get(0);
  }

  /** Uses four at once until all of them come from credit; none of them in use afterwards. */
  private static void fill(RemoteSemaphore handle) {
    eventually()
        .until(() -> {
          List<Permit> all = new ArrayList<>();
          for (int i = 0; i < 4; i++) {
            all.add(handle.acquire());
          }
          for (Permit permit : all) {
            permit.release();
          }
          return all.stream().allMatch(CreditTest::isFromCredit);
        });
  }

  private long held() throws InterruptedException {
    return others.info().held();
  }

  @Test
  @Rule({"K1", "R6"})
  void credit_isHeldAtTheService_andServesWithoutIt() throws Exception {
    RemoteSemaphore handle = credited();
    Permit permit = fromCredit(handle);
    assertThat(permit.isHeld()).isTrue();
    assertThat(permit.semaphore()).isEqualTo("p/db");
    assertThat(permit.permits()).isEqualTo(1);
    assertThat(permit.parts()).extracting(GrantedPart::permits).containsExactly(1);
    long heldThen = held();
    assertThat(heldThen).isPositive();
    permit.ensureHeld();
    assertThat(permit.release().released()).isTrue();
    assertThat(permit.isHeld()).isFalse();
    assertThat(permit.release().released()).isFalse();
    assertThatThrownBy(permit::ensureHeld).isInstanceOf(SignalboxException.GrantExpired.class);
    Permit again = handle.tryAcquire().orElseThrow();
    assertThat(isFromCredit(again)).isTrue();
    assertThat(held()).isEqualTo(heldThen);
    again.close();
    again.close();
    assertThat(held()).isEqualTo(heldThen);
  }

  @Test
  @Rule("K1")
  void loneCaller_ofASemaphoreOfOne_getsCreditAtOnce_andKeepsIt() throws Exception {
    RemoteSemaphore own = client().semaphores().create("p/own", SemaphoreSpec.max(1));
    RemoteSemaphore handle = own.withCredit(Credit.upTo(1).idleTime(LONG));
    for (int i = 0; i < 1_000; i++) {
      Permit permit = handle.acquire();
      assertThat(isFromCredit(permit)).isTrue();
      permit.close();
    }
  }

  @Test
  @Rule("K1")
  void credit_growsWhileItIsUsedUp_andServesSeveralAtOnce() throws Exception {
    RemoteSemaphore handle = credited();
    fill(handle);
    assertThat(held()).isBetween(4L, 8L);
    Permit three = handle.tryAcquire(3).orElseThrow();
    assertThat(isFromCredit(three)).isTrue();
    three.close();
    Permit async = handle.acquireAsync().get();
    assertThat(isFromCredit(async)).isTrue();
    Optional<Permit> timed = handle.acquireAsync(1, ofSeconds(1)).get();
    assertThat(timed.filter(CreditTest::isFromCredit)).isPresent();
  }

  @Test
  @Rule("K1")
  void credit_isNotOfANumberedSemaphore() throws Exception {
    RemoteSemaphore numbered = client().semaphores().create("p/n", SemaphoreSpec.max(2).numbered());
    assertThatThrownBy(() -> numbered.withCredit(ALL))
        .isInstanceOf(SignalboxException.InvalidArgument.class);
    assertThatThrownBy(() -> Credit.upTo(0)).isInstanceOf(SignalboxException.InvalidArgument.class);
    assertThatThrownBy(() -> ALL.idleTime(Duration.ZERO))
        .isInstanceOf(SignalboxException.InvalidArgument.class);
  }

  @Test
  @Rule({"K2", "A3"})
  void waiter_getsWhatLiesUnused_atOnce() throws Exception {
    RemoteSemaphore handle = credited(started(builder().target(target()).lease(LONG)), ALL);
    fill(handle);
    Permit mine = fromCredit(handle);
    Permit theirs = others.acquireAsync(7).get(20, TimeUnit.SECONDS);
    assertThat(mine.isHeld()).isTrue();
    assertThat(held()).isEqualTo(8);
    CompletableFuture<Permit> last = others.acquireAsync();
    eventually().until(() -> others.info().waiting() == 1);
    mine.close();
    assertThat(last.get(20, TimeUnit.SECONDS).isHeld()).isTrue();
    assertThat(theirs.isHeld()).isTrue();
  }

  private String target() {
    return "127.0.0.1:" + server().port();
  }

  @Test
  @Rule({"K2", "A3"})
  void busyClient_doesNotPassAWaiter_onceItHasHeardOfIt() throws Exception {
    RemoteSemaphore handle = credited();
    fill(handle);
    AtomicBoolean over = new AtomicBoolean();
    CompletableFuture<Void> busy =
        CompletableFuture.runAsync(() -> {
          while (!over.get()) {
            handle.acquireAsync().join().close();
          }
        });
    for (int i = 0; i < 20; i++) {
      others.acquireAsync(8).get(20, TimeUnit.SECONDS).release();
    }
    Permit all = others.acquireAsync(8).get(20, TimeUnit.SECONDS);
    eventually().until(() -> others.info().waiting() == 1);
    CompletableFuture<Permit> next = others.acquireAsync(8);
    over.set(true);
    all.close();
    busy.get(20, TimeUnit.SECONDS);
    next.get(20, TimeUnit.SECONDS).release();
  }

  @Test
  @Rule("K4")
  void ownAcquireOfMore_waitsForWhatIsLent_andNobodyPassesIt() throws Exception {
    RemoteSemaphore handle = credited();
    fill(handle);
    Permit lent = fromCredit(handle);
    CompletableFuture<Permit> all = handle.acquireAsync(8);
    eventually().until(() -> others.info().waiting() == 1 && held() == 1);
    CompletableFuture<Permit> behind = handle.acquireAsync();
    eventually().until(() -> others.info().waiting() == 2);
    lent.close();
    Permit granted = all.get(20, TimeUnit.SECONDS);
    assertThat(behind.isDone()).isFalse();
    granted.close();
    assertThat(behind.get(20, TimeUnit.SECONDS).isHeld()).isTrue();
  }

  @Test
  @Rule("K5")
  void idleCredit_goesHome() throws Exception {
    RemoteSemaphore handle = credited(client(), Credit.upTo(8).idleTime(ofMillis(50)));
    Permit permit = fromCredit(handle);
    eventually().until(() -> held() == 1);
    assertThat(permit.isHeld()).isTrue();
    permit.close();
    eventually().until(() -> held() == 0);
    fromCredit(handle).close();
    eventually().until(() -> held() == 0);
  }

  @Test
  @Rule({"K2", "L5"})
  void recallThatACutSwallowed_isHeardAtTheResume() throws Exception {
    RemoteSemaphore handle = credited(remoteClient(LONG), ALL);
    fill(handle);
    network().refuse();
    network().cut();
    CompletableFuture<Permit> waits = others.acquireAsync(8);
    eventually().until(() -> others.info().waiting() == 1);
    network().restore();
    assertThat(waits.get(20, TimeUnit.SECONDS).isHeld()).isTrue();
  }

  @Test
  @Rule({"K6", "L4"})
  void lostSession_losesItsCredit_andWhatIsLentOfIt() throws Exception {
    RemoteSemaphore handle = credited(remoteClient(ofSeconds(1)), ALL);
    Permit permit = fromCredit(handle);
    CompletableFuture<LossReason> told = new CompletableFuture<>();
    permit.onLost(told::complete);
    CompletableFuture<Boolean> heldWhenLetIn =
        others
            .acquireAsync(8)
            .thenApply(next -> {
              boolean held = permit.isHeld();
              next.close();
              return held;
            });
    network().silence();
    assertThat(heldWhenLetIn.get(20, TimeUnit.SECONDS)).isFalse();
    assertThat(told.get(20, TimeUnit.SECONDS)).isEqualTo(LossReason.SESSION_LOST);
    assertThatThrownBy(permit::ensureHeld).isInstanceOf(SignalboxException.SessionLost.class);
    assertThat(permit.release().notHeldBecause()).contains(LossReason.SESSION_LOST);
    network().restore();
    Permit fresh = fromCredit(handle);
    assertThat(fresh.isHeld()).isTrue();
    permit.close();
    assertThat(fresh.isHeld()).isTrue();
  }

  @Test
  @Rule({"K6", "L6"})
  void closedClient_givesEverythingBack() throws Exception {
    SignalboxClient client = client();
    Permit permit = fromCredit(credited(client, ALL));
    client.close();
    assertThat(permit.isHeld()).isFalse();
    permit.close();
    eventually().until(() -> held() == 0);
  }

  @Test
  @Rule({"K6", "O5"})
  void forcedDeletion_isALoss() throws Exception {
    Permit permit = fromCredit(credited());
    CompletableFuture<LossReason> told = new CompletableFuture<>();
    permit.onLost(told::complete);
    client().semaphores().deleteByForce("p/db");
    assertThat(told.get(20, TimeUnit.SECONDS)).isEqualTo(LossReason.SEMAPHORE_DELETED);
    assertThatThrownBy(permit::ensureHeld).isInstanceOf(SignalboxException.GrantExpired.class);
    assertThat(permit.release().released()).isFalse();
  }

  @Test
  @Rule({"K3", "R3"})
  void atomicRelease_givesAPermitFromCreditBackAtTheService() throws Exception {
    SignalboxClient client = client();
    RemoteSemaphore full = client.semaphores().create("p/full", SemaphoreSpec.max(1));
    RemoteSemaphore done = client.semaphores().create("p/done", SemaphoreSpec.max(9).initial(0));
    RemoteSemaphore handle = credited(client, ALL);
    Permit permit = fromCredit(handle);
    long before = held();
    ReleaseItem twice = ReleaseItem.giveBack(permit);
    assertThatThrownBy(() -> client.release(List.of(twice, ReleaseItem.signal(full, 1))))
        .isInstanceOf(SignalboxException.TooManyPosts.class);
    assertThat(permit.isHeld()).isTrue();
    assertThat(held()).isEqualTo(before);
    assertThat(client.release(List.of(twice, twice, ReleaseItem.signal(done, 1))))
        .extracting(ReleaseResult::released)
        .containsExactly(true, false, true);
    assertThat(permit.isHeld()).isFalse();
    permit.close();
    assertThat(held()).isEqualTo(before - 1);
    assertThat(done.info().count()).isEqualTo(1);
  }

  @Test
  @Rule({"K3", "C4"})
  void callbackThatReturns_givesAPermitFromCreditBack() throws Exception {
    SignalboxClient client = client();
    RemoteSemaphore handle = credited(client, ALL);
    Permit permit = fromCredit(handle);
    long before = held();
    var pool = client.callbackPool(dev.signalbox.client.callback.PoolOptions.threads(1, 1));
    pool.submit(instance -> instance.releaseWhenCallbackReturns(permit)).completion().get();
    assertThat(permit.isHeld()).isFalse();
    assertThat(held()).isEqualTo(before - 1);
    pool.close();
  }

  @Test
  @Rule({"K3", "R5"})
  void permitFromCredit_goesBackAsAWhole_andByItselfAlone() throws Exception {
    RemoteSemaphore handle = credited();
    Permit permit = fromCredit(handle);
    assertThatThrownBy(() -> permit.release(2))
        .isInstanceOf(SignalboxException.InvalidArgument.class);
    assertThatThrownBy(() -> ReleaseItem.giveBack(permit.id()))
        .isInstanceOf(SignalboxException.InvalidArgument.class);
    assertThatThrownBy(() -> handle.release(8)).isInstanceOf(SignalboxException.TooManyPosts.class);
    assertThat(permit.isHeld()).isTrue();
    assertThat(permit.release(1).previousCounts()).isEmpty();
  }

  @Test
  @Rule({"K1", "X2"})
  void handleWithoutTheRight_getsNothingFromCredit() throws Exception {
    RemoteSemaphore handle = credited();
    fromCredit(handle).close();
    RemoteSemaphore reader = handle.withRights(Set.of(AccessRight.QUERY_STATE));
    assertThatThrownBy(reader::acquire).isInstanceOf(SignalboxException.AccessDenied.class);
    assertThat(isFromCredit(handle.withRights(Set.of(AccessRight.SYNCHRONIZE)).acquire())).isTrue();
  }
}
