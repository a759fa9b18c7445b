package dev.signalbox.client;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.server.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Tokens that a client takes as credit and uses up by itself. Of "p/rate" none come back in time.
 */
class RefillCreditTest extends WithServer {
  private static final Duration LONG = ofSeconds(60);
  private static final Credit ALL = Credit.upTo(8).idleTime(LONG);

  private RemoteSemaphore others;

  @BeforeEach
  void create() throws Exception {
    others = client().semaphores().create("p/rate", SemaphoreSpec.max(20).refill(1, ofHours(1)));
  }

  private static RemoteSemaphore credited(SignalboxClient client, Credit terms) throws Exception {
    return client.semaphores().open("p/rate").withCredit(terms);
  }

  private SignalboxClient another() throws Exception {
    return started(builder().target("127.0.0.1:" + server().port()).lease(LONG));
  }

  private static void use(RemoteSemaphore handle, int tokens) throws Exception {
    for (int i = 0; i < tokens; i++) {
      assertThat(handle.acquire()).isInstanceOf(CreditPermit.class);
    }
  }

  private void eventually(int count, long held) {
    eventually()
        .until(() -> {
          SemaphoreInfo now = others.info();
          return now.count() == count && now.held() == held;
        });
  }

  @Test
  @Rule({"K7", "K1", "Q1"})
  void tokenFromCredit_isAReceipt_asOneOfTheService() throws Exception {
    RemoteSemaphore handle = credited(client(), ALL);
    Permit receipt = handle.acquire();
    Permit plain = others.acquire();
    assertThat(receipt).isInstanceOf(CreditPermit.class);
    for (Permit permit : List.of(receipt, plain)) {
      assertThat(permit.id()).isEmpty();
      assertThat(permit.isHeld()).isFalse();
      assertThat(permit.parts()).extracting(GrantedPart::consumed).containsExactly(true);
      assertThat(permit.release()).isEqualTo(plain.release());
      assertThatThrownBy(permit::ensureHeld).isInstanceOf(SignalboxException.GrantExpired.class);
      permit.close();
    }
    ReleaseItem item = ReleaseItem.giveBack(receipt);
    assertThat(client().release(List.of(item)).get(0).released()).isFalse();
    eventually(17, 2);
  }

  @Test
  @Rule({"K7", "Q1"})
  void creditThatIsUsedUp_ends_andAnotherIsTaken() throws Exception {
    RemoteSemaphore handle = credited(client(), ALL);
    use(handle, 20);
    eventually(0, 0);
    assertThat(handle.tryAcquire()).isEmpty();
  }

  @Test
  @Rule({"K2", "K7", "A3"})
  void waiter_getsTheTokensThatLieUnused_atOnce() throws Exception {
    RemoteSemaphore handle = credited(another(), ALL);
    use(handle, 8); // 2 + 4 + 2 of 8
    eventually(6, 8);
    others.acquireAsync(12).get(20, TimeUnit.SECONDS);
    eventually(0, 0);
    assertThat(handle.tryAcquire()).isEmpty();
  }

  @Test
  @Rule({"K5", "K7"})
  void oldTokens_goHome_evenIfOthersOfThemAreUsed() throws Exception {
    RemoteSemaphore handle = credited(client(), Credit.upTo(8).idleTime(ofMillis(300)));
    for (int i = 0; i < 3; i++) {
      handle.acquire();
    }
    eventually(17, 0);
    handle.acquire();
    eventually(16, 0);
  }

  @Test
  @Rule({"K6", "K7", "L6"})
  void closedClient_givesUnusedTokensBack() throws Exception {
    SignalboxClient client = another();
    use(credited(client, ALL), 3);
    eventually(14, 4);
    client.close();
    eventually(17, 0);
  }

  @Test
  @Rule({"K6", "K7", "L4"})
  void tokensOfALostSession_areUsedUp() throws Exception {
    RemoteSemaphore handle = credited(remoteClient(ofSeconds(3)), ALL);
    use(handle, 3);
    network().silence();
    eventually(14, 0);
    network().restore();
    use(handle, 1);
    assertThat(others.info().count()).isBetween(6, 13);
  }

  @Test
  @Rule({"K2", "K7", "O6"})
  void lowerBurst_callsTokensBack() throws Exception {
    RemoteSemaphore handle = credited(another(), ALL);
    use(handle, 3);
    eventually(14, 4);
    others.resize(15);
    eventually(15, 0);
    assertThat(others.info().debt()).isZero();
  }

  @Test
  @Rule({"K7", "Q1", "R6"})
  void clientsTogether_neverUseMoreThanBurstAndRateAllow() throws Exception {
    long start = System.nanoTime();
    client().semaphores().create("p/busy", SemaphoreSpec.max(50).refill(2, ofMillis(1)));
    AtomicLong used = new AtomicLong();
    AtomicLong fromCredit = new AtomicLong();
    ExecutorService threads = Executors.newCachedThreadPool();
    List<Future<?>> users = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      Credit terms = Credit.upTo(40).idleTime(ofMillis(100L * i));
      RemoteSemaphore handle = another().semaphores().open("p/busy").withCredit(terms);
      boolean async = i == 3;
      users.add(
          threads.submit(() -> {
            while (used.get() < 3_000) {
              Permit token = async ? handle.acquireAsync().get() : handle.acquire();
              used.incrementAndGet();
              fromCredit.addAndGet(token instanceof CreditPermit ? 1 : 0);
            }
            return null;
          }));
    }
    for (Future<?> user : users) {
      user.get(60, TimeUnit.SECONDS);
    }
    threads.shutdown();
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start) + 1;
    assertThat(used.get()).isBetween(50L, 50 + 2 * millis);
    assertThat(fromCredit.get()).isPositive();
  }
}
