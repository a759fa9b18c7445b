package dev.signalbox.server.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.server.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Tokens of a semaphore that refills, taken as credit: how they go out, and which come back. */
@OnMachineAndModel
class RefillCreditTest extends Scenario {
  private static final int BURST = 10;

  /** Of the random test: so many are a permit, and so many microseconds the period. */
  private static final int PERIOD = 1_000;

  private final Client anna = session("anna");
  private final Client bela = session("bela");

  RefillCreditTest(Contender contender) {
    super(contender);
    create("s", BURST, refilling(BURST, 1, millis(1)));
    told();
  }

  private static Operation.Release end(GrantId credit, int unused) {
    Operation.GiveBack rest = new Operation.GiveBack(credit);
    return unused == 0 ? release(rest) : release(partOf(credit, "s", unused), rest);
  }

  private List<Outcome> recalls() {
    return told().stream().filter(Outcome.CreditRecalled.class::isInstance).toList();
  }

  @Test
  @Rule({"K7", "Q1"})
  void tokens_areTakenFromTheBucket_whichRefillsBehindThem() {
    Result.Granted granted = anna.takeCredit("s", 8).expectGranted();
    assertThat(granted.parts().get(0).consumed()).isFalse();
    assertThat(count("s")).isEqualTo(2);
    assertThat(held("s")).isEqualTo(8);
    at(5);
    assertThat(count("s")).isEqualTo(7);
    at(100);
    assertThat(count("s")).isEqualTo(BURST);
    nobody(delete("s")).expectRefused(Refusal.SEMAPHORE_IN_USE);
  }

  @Test
  @Rule({"K7", "Q1"})
  void unusedTokens_comeBackByNumber_andTheRestIsUsedUp() {
    GrantId credit = anna.takeCredit("s", 8).grant();
    anna.ask(end(credit, 3));
    assertThat(count("s")).isEqualTo(5);
    assertThat(held("s")).isZero();
    anna.giveBack(credit, "s", 1);
    assertThat(count("s")).isEqualTo(5);
  }

  @Test
  @Rule({"K7", "Q1"})
  void tokensThatComeBack_neverLiftTheCountAboveTheBurst() {
    GrantId credit = anna.takeCredit("s", 8).grant();
    at(6);
    anna.ask(end(credit, 8));
    assertThat(count("s")).isEqualTo(BURST);
    bela.acquire("s", BURST).expectGranted();
    bela.acquire("s", 1, AT_ONCE).expectTimedOut();
  }

  @Test
  @Rule("K7")
  void tokensOfWhichNobodySaysThatTheyAreUnused_areUsedUp() {
    GrantId whole = anna.takeCredit("s", 2).grant();
    GrantId part = anna.takeCredit("s", 2).grant();
    Call cancelled = anna.takeCredit("s", 2);
    anna.giveBack(whole).expectReleased(4);
    anna.giveBack(part, "s", 0).expectReleased(4);
    anna.cancel(cancelled);
    assertThat(held("s")).isZero();
    assertThat(count("s")).isEqualTo(4);
  }

  @Test
  @Rule({"K7", "K6", "L2"})
  void tokensOfALostSession_areUsedUp_asAreThoseOfOneThatWasClosed() {
    anna.takeCredit("s", 6).expectGranted();
    Call waits = bela.acquire("s", 5, FOREVER).expectWaiting();
    anna.expire();
    waits.expectWaiting();
    assertThat(held("s")).isZero();
    at(1);
    waits.expectGranted();
    bela.close();
    assertThat(count("s")).isZero();
  }

  @Test
  @Rule({"K2", "K7", "A3"})
  void waiter_recallsTokens_andIsServedByTheFirstThatComesBack() {
    GrantId credit = anna.takeCredit("s", BURST).grant();
    Call waits = bela.acquire("s", 3, FOREVER).expectWaiting();
    assertThat(recalls()).containsExactly(new Outcome.CreditRecalled(anna.id, credit));
    anna.takeCredit("s", 1).expectTimedOut();
    anna.ask(end(credit, 4));
    waits.expectGranted();
    assertThat(count("s")).isEqualTo(1);
  }

  @Test
  @Rule({"K7", "Q1"})
  void waiterThatOnlyTimeServes_isServedAtItsTime_althoughTokensCameBackBefore() {
    GrantId credit = anna.takeCredit("s", BURST).grant();
    Call waits = bela.acquire("s", 5, FOREVER).expectWaiting();
    anna.ask(end(credit, 2));
    at(10);
    assertThat(waits.expectGranted().grantedAt()).isEqualTo(millis(3));
  }

  @Test
  @Rule({"K2", "K7", "O6"})
  void lowerBurstAndAnotherRate_recallTokens_andLeaveNoDebt() {
    GrantId credit = anna.takeCredit("s", 8).grant();
    nobody(resize("s", 4));
    assertThat(recalls()).containsExactly(new Outcome.CreditRecalled(anna.id, credit));
    assertThat(view("s").debt()).isZero();
    assertThat(count("s")).isEqualTo(2);
    anna.ask(end(credit, 8));
    assertThat(count("s")).isEqualTo(4);

    GrantId other = anna.takeCredit("s", 1).grant();
    nobody(resize("s", 5));
    assertThat(recalls()).isEmpty();
    Refill slower = new Refill(1, millis(500));
    nobody(new Operation.UpdateSemaphore("s", -1, slower, -1));
    assertThat(recalls()).containsExactly(new Outcome.CreditRecalled(anna.id, other));
  }

  @Test
  @Rule({"K3", "K7"})
  void releaseByNumber_isASignal_andLeavesTokensInCreditAlone() {
    anna.takeCredit("s", 8).expectGranted();
    anna.release("s", 8).expectReleased(2);
    assertThat(held("s")).isEqualTo(8);
    anna.release("s", 1).expectRefused(Refusal.TOO_MANY_POSTS);
  }

  @Test
  @Rule({"K7", "R3"})
  void refusedRelease_leavesTheCreditAsItWas() {
    create("full", 1);
    GrantId credit = anna.takeCredit("s", 8).grant();
    anna.ask(release(partOf(credit, "s", 3), new Operation.GiveBack(credit), signal("full", 1)))
        .expectRefused(Refusal.TOO_MANY_POSTS);
    assertThat(held("s")).isEqualTo(8);
    assertThat(count("s")).isEqualTo(2);
  }

  /** A credit as its client sees it. */
  private record Lent(Client client, GrantId id, int unused) {}

  @Test
  @Rule({"K7", "Q1", "R6"})
  void tokensUsed_neverExceedWhatTheBucketWasGiven_whateverHappensToCredits() {
    SplittableRandom random = new SplittableRandom(7);
    List<Lent> lent = new ArrayList<>();
    List<Client> clients = new ArrayList<>(List.of(anna, bela));
    long given = (long) BURST * PERIOD; // in parts of a token
    long used = 0;
    int rate = 1;
    long now = 0;
    for (int i = 0; i < 3_000; i++) {
      long passed = random.nextInt(3_000);
      now += passed;
      atMicros(now);
      given += passed * rate;
      int which = random.nextInt(clients.size());
      Client client = clients.get(which);
      switch (random.nextInt(8)) {
        case 0, 1 -> {
          int wanted = 1 + random.nextInt(8);
          if (client.takeCredit("s", wanted).result() instanceof Result.Granted granted) {
            lent.add(new Lent(client, id(granted), granted.parts().get(0).permits()));
          }
        }
        case 2, 3, 4 -> used += giveBackOne(lent, random);
        case 5 -> {
          Call call = client.acquire("s", 1 + random.nextInt(3), AT_ONCE);
          used += call.result() instanceof Result.Granted some ? some.parts().get(0).permits() : 0;
        }
        case 6 -> {
          if (random.nextInt(4) == 0) {
            client.expire();
            used += usedOfLost(lent, client, random);
            clients.set(which, session("again"));
          }
        }
        default -> {
          int max = 5 + random.nextInt(10);
          given += (long) PERIOD * Math.max(0, max - view("s").config().maxCount());
          rate = 1 + random.nextInt(2);
          nobody(new Operation.UpdateSemaphore("s", max, new Refill(rate, PERIOD), -1));
        }
      }
      long out = lent.stream().mapToLong(Lent::unused).sum();
      assertThat((used + out + count("s")) * PERIOD).isLessThanOrEqualTo(given);
      assertThat(held("s")).isEqualTo(out);
    }
    assertThat(used).isPositive();
  }

  private static GrantId id(Result.Granted granted) {
    return Objects.requireNonNull(granted.id());
  }

  /** Of some credit a part was used, and it goes home: how many tokens were used. */
  private int giveBackOne(List<Lent> lent, SplittableRandom random) {
    if (lent.isEmpty()) {
      return 0;
    }
    Lent credit = lent.remove(random.nextInt(lent.size()));
    int unused = random.nextInt(credit.unused() + 1);
    credit.client().ask(end(credit.id(), unused));
    return credit.unused() - unused;
  }

  private static int usedOfLost(List<Lent> lent, Client lost, SplittableRandom random) {
    int used =
        lent.stream()
            .filter(credit -> credit.client() == lost)
            .mapToInt(credit -> random.nextInt(credit.unused() + 1))
            .sum();
    lent.removeIf(credit -> credit.client() == lost);
    return used;
  }
}
