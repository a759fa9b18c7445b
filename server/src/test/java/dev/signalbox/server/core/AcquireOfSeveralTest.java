package dev.signalbox.server.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.server.Rule;
import dev.signalbox.server.core.Result.Cancelled.Effect;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Several semaphores in one acquire: all-of, any-of, and release-and-acquire. */
@OnMachineAndModel
class AcquireOfSeveralTest extends Scenario {
  private final Client anna = session("anna");
  private final Client bela = session("bela");
  private final Client cleo = session("cleo");

  AcquireOfSeveralTest(Contender contender) {
    super(contender);
  }

  @Test
  @Rule("A4")
  void allOf_isOneGrantOfEverything() {
    create("s", 2);
    create("t", 2);
    Result.Granted granted = anna.ask(allOf(AT_ONCE, part("s", 1), part("t", 2))).expectGranted();
    assertThat(granted.parts())
        .containsExactly(
            new Result.GrantedPart(0, "s", 1, false, List.of()),
            new Result.GrantedPart(1, "t", 2, false, List.of()));
    expect("s", 1, 1, 0);
    expect("t", 0, 2, 0);
  }

  @Test
  @Rule("A4")
  void allOf_holdsNothingWhileItWaits() {
    create("s", 1);
    create("t", 0, plain(1));
    anna.ask(allOf(AT_ONCE, part("s", 1), part("t", 1))).expectTimedOut();
    Call both = anna.ask(allOf(FOREVER, part("s", 1), part("t", 1)));
    both.expectWaiting();
    expect("s", 1, 0, 1);
    bela.release("t", 1);
    both.expectGranted();
  }

  @Test
  @Rule("A4")
  void allOf_takesItsPlaceInEveryQueue_soItNeverStarves() {
    create("s", 1);
    create("t", 0, plain(1));
    Call both = anna.ask(allOf(FOREVER, part("s", 1), part("t", 1)));
    Call single = bela.acquire("s", 1);
    single.expectWaiting();
    cleo.acquire("s", 1, AT_ONCE).expectTimedOut();
    bela.release("t", 1);
    both.expectGranted();
    single.expectWaiting();
  }

  @Test
  @Rule("A4")
  void allOf_thatIsBehindInOneQueue_waitsForThat() {
    create("s", 0, plain(1));
    create("t", 1);
    Call single = bela.acquire("s", 1);
    Call both = anna.ask(allOf(FOREVER, part("s", 1), part("t", 1)));
    cleo.release("s", 1);
    single.expectGranted();
    both.expectWaiting();
    bela.giveBack(single.grant());
    both.expectGranted();
  }

  @Test
  @Rule("A4")
  void opportunisticAllOf_isPassedOverAndHoldsUpNobody() {
    create("s", 1);
    create("t", 0, plain(1));
    Call both = anna.ask(opportunistic(FOREVER, part("s", 1), part("t", 1)));
    Call newcomer = bela.acquire("s", 1);
    newcomer.expectGranted();
    cleo.release("t", 1);
    both.expectWaiting();
    bela.giveBack(newcomer.grant());
    both.expectGranted();
  }

  @Test
  @Rule({"A4", "A3"})
  void opportunisticAllOf_doesNotPassAFairWaiterBeforeIt() {
    create("s", 1, plain(2));
    create("t", 1);
    Call big = bela.acquire("s", 2);
    Call both = anna.ask(opportunistic(FOREVER, part("s", 1), part("t", 1)));
    both.expectWaiting();
    bela.cancel(big);
    both.expectGranted();
  }

  @Test
  @Rule("A4")
  void opportunisticMode_ofOnePart_isFair() {
    create("s", 1, plain(2));
    Call big = anna.ask(opportunistic(FOREVER, part("s", 2)));
    bela.acquire("s", 1, AT_ONCE).expectTimedOut();
    bela.release("s", 1);
    big.expectGranted();
  }

  @Test
  @Rule({"A4", "O4"})
  void missingSemaphore_failsTheWholeRequest() {
    create("s", 1);
    anna.ask(allOf(FOREVER, part("s", 1), part("t", 1)))
        .expectRefused(Refusal.SEMAPHORE_NOT_FOUND, "t");
    anna.ask(anyOf(FOREVER, part("s", 1), part("t", 1)))
        .expectRefused(Refusal.SEMAPHORE_NOT_FOUND, "t");
    expect("s", 1, 0, 0);
  }

  @Test
  @Rule("A5")
  void anyOf_takesTheFirstListedThatCanBeServed() {
    create("s", 1, plain(2));
    create("t", 2);
    create("u", 2);
    Result.Granted granted =
        anna.ask(anyOf(AT_ONCE, part("s", 2), part("t", 1), part("u", 1))).expectGranted();
    assertThat(granted.parts())
        .containsExactly(new Result.GrantedPart(1, "t", 1, false, List.of()));
    expect("s", 1, 0, 0);
    expect("u", 2, 0, 0);
  }

  @Test
  @Rule({"A5", "A3"})
  void anyOf_doesNotTakeFromASemaphoreWhereSomebodyWaitsBefore() {
    create("s", 1, plain(2));
    create("t", 1);
    bela.acquire("s", 2).expectWaiting();
    Result.Granted granted = anna.ask(anyOf(AT_ONCE, part("s", 1), part("t", 1))).expectGranted();
    assertThat(granted.parts().get(0).semaphore()).isEqualTo("t");
  }

  @Test
  @Rule("A5")
  void anyOf_isServedByWhicheverComesFirst_andLeavesTheOtherQueues() {
    create("s", 0, plain(2));
    create("t", 0, plain(2));
    Call either = anna.ask(anyOf(FOREVER, part("s", 2), part("t", 1)));
    Call behind = bela.acquire("s", 1);
    expect("s", 0, 0, 2);
    expect("t", 0, 0, 1);
    cleo.release("s", 1);
    behind.expectWaiting();
    cleo.release("t", 1);
    assertThat(either.expectGranted().parts().get(0).index()).isEqualTo(1);
    behind.expectGranted();
    expect("s", 0, 1, 0);
    expect("t", 0, 1, 0);
  }

  @Test
  @Rule("A6")
  void releaseAndAcquire_doesBothInOneStep() {
    create("s", 1);
    create("t", 0, plain(1));
    GrantId held = anna.acquire("s", 1).grant();
    Call swap = anna.ask(swap(new Operation.GiveBack(held), allOf(FOREVER, part("t", 1))));
    swap.expectWaiting();
    expect("s", 1, 0, 0);
    bela.release("t", 1);
    assertThat(swap.expectGranted().released()).containsExactly(released(0));
  }

  @Test
  @Rule("A6")
  void releaseAndAcquire_whoseReleaseIsRefused_waitsForNothing() {
    create("s", 1);
    create("t", 0, plain(1));
    anna.ask(swap(signal("s", 1), allOf(FOREVER, part("t", 1))))
        .expectRefused(Refusal.TOO_MANY_POSTS, "s", 0);
    expect("t", 0, 0, 0);
  }

  @Test
  @Rule("A6")
  void releaseAndAcquire_whoseAcquireIsRefused_releasesNothing() {
    create("s", 0, plain(1));
    create("t", 1);
    anna.ask(swap(signal("s", 1), allOf(FOREVER, part("t", 2))))
        .expectRefused(Refusal.INVALID_FIELD);
    anna.ask(swap(signal("s", 1), allOf(FOREVER, part("u", 1))))
        .expectRefused(Refusal.SEMAPHORE_NOT_FOUND, "u");
    expect("s", 0, 0, 0);
  }

  @Test
  @Rule({"A6", "O3"})
  void releaseAndAcquire_acrossNamespaces_isRefused() {
    create("n/s", 1);
    create("m/t", 1);
    GrantId held = anna.acquire("n/s", 1).grant();
    anna.ask(swap(new Operation.GiveBack(held), allOf(FOREVER, part("m/t", 1))))
        .expectRefused(Refusal.INVALID_FIELD, "items[0].give_back.grant_id", 0);
    expect("n/s", 0, 1, 0);
    expect("m/t", 1, 0, 0);
  }

  @Test
  @Rule({"A6", "A2", "A7"})
  void timeOutOrCancelOfTheAcquire_doesNotUndoTheRelease() {
    create("s", 0, plain(3));
    create("t", 0, plain(1));
    Call atOnce = anna.ask(swap(signal("s", 1), allOf(AT_ONCE, part("t", 1))));
    Call late = anna.ask(swap(signal("s", 1), allOf(millis(5), part("t", 1))));
    Call cancelled = anna.ask(swap(signal("s", 1), allOf(FOREVER, part("t", 1))));
    at(5);
    anna.cancel(cancelled).expectEffect(Effect.CANCELLED);
    assertThat(atOnce.expectTimedOut().released()).containsExactly(released(0));
    assertThat(late.expectTimedOut().released()).containsExactly(released(1));
    assertThat(cancelled.expectCancelled().released()).containsExactly(released(2));
    expect("s", 3, 0, 0);
  }

  @Test
  @Rule({"A6", "A3"})
  void releaseAndAcquire_onOneSemaphore_servesThoseWhoWaitedBefore() {
    create("s", 1);
    GrantId held = anna.acquire("s", 1).grant();
    Call before = bela.acquire("s", 1);
    Call swap = anna.ask(swap(new Operation.GiveBack(held), allOf(FOREVER, part("s", 1))));
    before.expectGranted();
    swap.expectWaiting();
    bela.giveBack(before.grant());
    swap.expectGranted();
  }

  private static Operation.ReleaseAndAcquire swap(Operation.Item item, Operation.Acquire acquire) {
    return new Operation.ReleaseAndAcquire(release(item), acquire);
  }

  private static Result.ItemResult released(int before) {
    return new Result.ItemResult(true, NotHeldReason.UNKNOWN, List.of(before));
  }
}
