package dev.signalbox.server.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.server.Rule;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Permits that come back by the clock. */
@OnMachineAndModel
class RefillTest extends Scenario {
  private final Client anna = session("anna");
  private final Client bela = session("bela");

  RefillTest(Contender contender) {
    super(contender);
  }

  @Test
  @Rule("Q1")
  void permits_comeBackEvenlyOverThePeriod() {
    create("s", 0, refilling(9, 4, millis(2)));
    for (int k = 1; k <= 4; k++) {
      atMicros(k * 500L - 1);
      assertThat(count("s")).isEqualTo(k - 1);
      atMicros(k * 500L);
      assertThat(count("s")).isEqualTo(k);
    }
  }

  @Test
  @Rule("Q1")
  void refill_losesNoFraction_whateverTheTimesAtWhichItIsLookedAt() {
    create("s", 0, refilling(1_000_000, 7, 1000));
    for (int micros = 1; micros <= 100_000; micros += 13) {
      atMicros(micros);
      assertThat(count("s")).isEqualTo(7 * micros / 1000);
      anna.ask(new Operation.OpenSemaphore("s", Kind.SEMAPHORE)).semaphore();
    }
  }

  @Test
  @Rule("Q1")
  void fractionGatheredBeforeAnAcquire_countsAfterIt() {
    create("s", 1, refilling(9, 1, 1000));
    atMicros(700);
    anna.acquire("s", 1).expectGranted();
    atMicros(999);
    assertThat(count("s")).isZero();
    atMicros(1000);
    assertThat(count("s")).isEqualTo(1);
  }

  @Test
  @Rule("Q1")
  void fullSemaphore_gathersNothing() {
    create("s", 2, refilling(2, 1, 1000));
    atMicros(5500);
    anna.acquire("s", 1).expectGranted();
    atMicros(6499);
    assertThat(count("s")).isEqualTo(1);
    atMicros(6500);
    assertThat(count("s")).isEqualTo(2);
  }

  @Test
  @Rule({"Q1", "A3"})
  void permitThatComesBack_servesTheQueueAtItsMoment() {
    create("s", 0, refilling(2, 1, millis(10)));
    Call two = anna.acquire("s", 2);
    Call one = bela.acquire("s", 1);
    at(100);
    assertThat(two.expectGranted().grantedAt()).isEqualTo(millis(20));
    assertThat(one.expectGranted().grantedAt()).isEqualTo(millis(30));
  }

  @Test
  @Rule({"Q1", "A2"})
  void permitThatComesBackAtTheVeryDeadline_isGranted() {
    create("s", 0, refilling(1, 1, millis(10)));
    Call waits = anna.acquire("s", 1, millis(10));
    Call late = anna.acquire("s", 1, millis(19));
    at(100);
    waits.expectGranted();
    late.expectTimedOut();
  }

  @Test
  @Rule({"Q1", "A4"})
  void permitsThatComeBackAtOneInstant_comeTogether() {
    create("s", 0, refilling(2, 1, millis(1)));
    create("t", 0, refilling(1, 1, millis(2)));
    Call both = anna.ask(opportunistic(FOREVER, part("s", 2), part("t", 1)));
    Call newer = bela.acquire("s", 2);
    at(2);
    both.expectGranted();
    newer.expectWaiting();
  }

  @Test
  @Rule({"Q1", "L3"})
  void permitsThatComeBackAtOneInstant_serveTheEarliestWaiterFirst() {
    create("older", 0, refilling(1, 1, millis(2)));
    create("younger", 0, refilling(1, 1, millis(2)));
    anna.acquire("younger", 1);
    bela.acquire("older", 1);
    told();
    at(2);
    assertThat(told().stream().map(told -> ((Outcome.Answer) told).session()))
        .containsExactly(anna.id, bela.id);
  }

  @Test
  @Rule({"Q1", "A9"})
  void permitsOfARefillingSemaphore_areAlwaysConsumed() {
    create("s", 3, refilling(3, 1, millis(10)));
    Result.Granted granted = anna.acquire("s", 2).expectGranted();
    assertThat(granted.id()).isNull();
    assertThat(granted.parts()).containsExactly(new Result.GrantedPart(0, "s", 2, true, List.of()));
    anna.expire();
    expect("s", 1, 0, 0);
  }

  @Test
  @Rule({"Q1", "R2"})
  void releaseToARefillingSemaphore_isAlwaysASignal() {
    create("s", 3, refilling(3, 1, millis(10)));
    anna.acquire("s", 2);
    anna.release("s", 3).expectRefused(Refusal.TOO_MANY_POSTS, "s", 0);
    anna.release("s", 2).expectReleased(1);
  }

  @Test
  @Rule({"Q1", "O6"})
  void changeOfRate_keepsWhatHasCome_andDropsTheFraction() {
    create("s", 0, refilling(9, 1, millis(10)));
    at(19);
    nobody(new Operation.UpdateSemaphore("s", -1, new Refill(1, millis(4)), -1)).semaphore();
    expect("s", 1, 0, 0);
    at(22);
    expect("s", 1, 0, 0);
    at(23);
    expect("s", 2, 0, 0);
  }

  @Test
  @Rule({"Q1", "O6"})
  void refill_cannotBeGivenToASemaphoreWithoutOne() {
    create("s", 1);
    nobody(new Operation.UpdateSemaphore("s", -1, new Refill(1, 1000), -1))
        .expectRefused(Refusal.INVALID_FIELD, "refill");
  }

  @Test
  @Rule({"Q1", "O6"})
  void refillingSemaphore_neverHasDebt() {
    create("s", 4, refilling(4, 1, millis(10)));
    anna.acquire("s", 3);
    nobody(resize("s", 2));
    assertThat(view("s").debt()).isZero();
    at(10);
    expect("s", 2, 0, 0);
  }

  @Test
  @Rule("Q1")
  void closedSemaphore_gathersNothing() {
    create("s", 1, refilling(1, 1, millis(10)));
    nobody(resize("s", 0));
    at(35);
    expect("s", 0, 0, 0);
    anna.acquire("s", 1);
    nobody(resize("s", 1));
    expect("s", 0, 0, 0);
  }

  @Test
  @Rule("Q2")
  void concurrencyAndRate_areAskedForInOneAcquire() {
    create("inFlight", 2);
    create("perSecond", 1, refilling(1, 1, millis(10)));
    Operation call = allOf(FOREVER, part("inFlight", 1), part("perSecond", 1));
    GrantId first = anna.ask(call).grant();
    Call second = anna.ask(call);
    Call third = anna.ask(call);
    second.expectWaiting();
    at(10);
    second.expectGranted();
    at(50);
    third.expectWaiting();
    expect("perSecond", 1, 0, 1);
    anna.giveBack(first).expectReleased(0);
    third.expectGranted();
    expect("inFlight", 0, 2, 0);
    expect("perSecond", 0, 0, 0);
  }
}
