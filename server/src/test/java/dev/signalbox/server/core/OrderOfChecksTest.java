package dev.signalbox.server.core;

import dev.signalbox.server.Rule;
import org.junit.jupiter.api.Test;

/**
 * What is refused for two reasons names the one that is checked first: session, number, names,
 * values, quotas, counts.
 */
@OnMachineAndModel
class OrderOfChecksTest extends Scenario {
  private final Client anna = session("anna");
  private final Client bela = session("bela");

  OrderOfChecksTest(Contender contender) {
    super(contender);
    create("s", 2);
    create("full", 1);
    create("own", 1, ownerOnly(1));
  }

  @Test
  @Rule({"L2", "E1"})
  void session_comesBeforeTheNumber() {
    Call done = anna.acquire("s", 1);
    anna.acknowledge(done.number());
    anna.close();
    anna.repeat(done).expectRefused(Refusal.SESSION_LOST);
  }

  @Test
  @Rule({"E1", "O4"})
  void number_comesBeforeNames() {
    anna.acknowledge(7);
    anna.ask(7, release(signal("missing", 1))).expectRefused(Refusal.REQUEST_FORGOTTEN);
  }

  @Test
  @Rule({"O4", "A1"})
  void names_comeBeforeValues_inTheOrderListed() {
    anna.ask(allOf(FOREVER, part("s", 99), part("missing", 1), part("lost", 1)))
        .expectRefused(Refusal.SEMAPHORE_NOT_FOUND, "missing");
  }

  @Test
  @Rule({"O4", "R2", "R3"})
  void names_comeBeforeCounts_alsoOfLaterItems() {
    anna.ask(release(signal("full", 1), signal("own", 1), signal("missing", 1)))
        .expectRefused(Refusal.SEMAPHORE_NOT_FOUND, "missing", 2);
  }

  @Test
  @Rule({"A1", "Q3"})
  void values_comeBeforeQuotas() {
    tell(new Command.Configure(new Limits(9, 9, 1, 9, 1, 9)));
    anna.acquire("s", 1);
    anna.acquire("s", 3).expectRefused(Refusal.INVALID_FIELD, "parts[0].permits");
    anna.acquire("s", 2).expectRefused(Refusal.QUOTA_EXCEEDED, "grants_per_session");
  }

  @Test
  @Rule({"Q3", "A2"})
  void quotas_comeBeforeCounts() {
    tell(new Command.Configure(new Limits(9, 9, 1, 9, 1, 9)));
    anna.acquire("s", 2);
    anna.acquire("s", 1, AT_ONCE).expectRefused(Refusal.QUOTA_EXCEEDED, "grants_per_session");
  }

  @Test
  @Rule({"O8", "R2", "R3"})
  void ownerOnly_comesBeforeTooManyPosts_andItemsGoInOrder() {
    anna.release("own", 2).expectRefused(Refusal.NOT_HELD_BY_SESSION, "own", 0);
    anna.ask(release(signal("full", 1), signal("own", 1)))
        .expectRefused(Refusal.TOO_MANY_POSTS, "full", 0);
    bela.ask(release(signal("own", 1), signal("full", 1)))
        .expectRefused(Refusal.NOT_HELD_BY_SESSION, "own", 0);
  }

  @Test
  @Rule({"O2", "O4"})
  void kind_comesBeforeConfiguration() {
    SemaphoreConfig mutex = new SemaphoreConfig(Kind.MUTEX, 1, false, false, null, 0);
    nobody(creation("s", 1, mutex, IfExists.FAIL)).expectRefused(Refusal.WRONG_KIND, "s");
  }

  @Test
  @Rule({"A6", "R2"})
  void releaseAndAcquire_checksTheAcquireFirst() {
    anna.ask(
            new Operation.ReleaseAndAcquire(
                release(signal("missing", 1)), allOf(AT_ONCE, part("s", 99))))
        .expectRefused(Refusal.INVALID_FIELD, "parts[0].permits");
  }
}
