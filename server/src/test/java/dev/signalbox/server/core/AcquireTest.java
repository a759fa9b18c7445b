package dev.signalbox.server.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.server.Rule;
import dev.signalbox.server.core.Result.Cancelled.Effect;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One semaphore: how permits are taken, waited for, cancelled, used up and limited. */
@OnMachineAndModel
class AcquireTest extends Scenario {
  private final Client anna = session("anna");
  private final Client bela = session("bela");
  private final Client cleo = session("cleo");

  AcquireTest(Contender contender) {
    super(contender);
  }

  @Test
  @Rule("A1")
  void acquire_takesAllItAsksForOrNothing() {
    create("s", 3);
    anna.acquire("s", 2).expectGranted();
    bela.acquire("s", 2, AT_ONCE).expectTimedOut();
    expect("s", 1, 2, 0);
  }

  @Test
  @Rule("A1")
  void acquire_ofMoreThanTheMaximum_isInvalid() {
    create("s", 3);
    anna.acquire("s", 4).expectRefused(Refusal.INVALID_FIELD, "parts[0].permits");
    expect("s", 3, 0, 0);
  }

  @Test
  @Rule("A2")
  void acquire_thatDoesNotWait_isAnsweredAtOnce() {
    create("s", 0, plain(1));
    anna.acquire("s", 1, AT_ONCE).expectTimedOut();
    expect("s", 0, 0, 0);
  }

  @Test
  @Rule("A2")
  void timedOutWaiter_leavesNoTrace() {
    create("s", 0, plain(2));
    Call late = anna.acquire("s", 2, millis(50));
    Call behind = bela.acquire("s", 1);
    at(49);
    late.expectWaiting();
    at(50);
    late.expectTimedOut();
    expect("s", 0, 0, 1);
    cleo.release("s", 1);
    behind.expectGranted();
    expect("s", 0, 1, 0);
  }

  @Test
  @Rule({"A2", "A3"})
  void timeOutOfTheFirstInLine_servesThoseBehind() {
    create("s", 1, plain(2));
    Call big = anna.acquire("s", 2, millis(50));
    Call small = bela.acquire("s", 1);
    small.expectWaiting();
    at(50);
    big.expectTimedOut();
    assertThat(small.expectGranted().grantedAt()).isEqualTo(millis(50));
  }

  @Test
  @Rule({"A2", "A10", "L3"})
  void permitThatComesAtTheVeryDeadline_isGranted() {
    create("s", 1);
    anna.ask(heldFor(millis(50), part("s", 1)));
    Call waits = bela.acquire("s", 1, millis(50));
    at(80);
    assertThat(waits.expectGranted().grantedAt()).isEqualTo(millis(50));
  }

  @Test
  @Rule({"A2", "L3"})
  void releaseAfterTheDeadline_comesTooLate_alsoInTheEntryThatTellsTheTime() {
    create("s", 0, plain(1));
    Call waits = anna.acquire("s", 1, millis(50));
    together(() -> {
      bela.release("s", 1);
      at(50);
    });
    waits.expectTimedOut();
    expect("s", 1, 0, 0);
  }

  @Test
  @Rule("A2")
  void waiterWithoutADeadline_waitsForEver() {
    create("s", 0, plain(1));
    Call patient = anna.acquire("s", 1, FOREVER);
    at(400L * 86_400_000);
    patient.expectWaiting();
    assertThat(view("s").waiters())
        .containsExactly(
            new SemaphoreView.Waiting(anna.id.sequence(), "anna", 1, 400L * 86_400_000_000L));
  }

  @Test
  @Rule("A3")
  void waiters_areServedInOrderOfArrival() {
    create("s", 0, plain(9));
    Call first = anna.acquire("s", 1);
    Call second = bela.acquire("s", 1);
    Call third = anna.acquire("s", 1);
    cleo.release("s", 2);
    assertThat(first.grant().sequence()).isLessThan(second.grant().sequence());
    third.expectWaiting();
  }

  @Test
  @Rule("A3")
  void newcomer_neverOvertakes() {
    create("s", 2);
    anna.acquire("s", 1);
    Call big = bela.acquire("s", 2);
    cleo.acquire("s", 1, AT_ONCE).expectTimedOut();
    Call behind = cleo.acquire("s", 1);
    behind.expectWaiting();
    big.expectWaiting();
    expect("s", 1, 1, 2);
  }

  @Test
  @Rule("A3")
  void bigWaiterAtTheHead_isNotStarvedBySmallOnes() {
    create("s", 3);
    GrantId one = anna.acquire("s", 1).grant();
    GrantId other = anna.acquire("s", 2).grant();
    Call big = bela.acquire("s", 3);
    Call small = cleo.acquire("s", 1);
    anna.giveBack(other);
    big.expectWaiting();
    small.expectWaiting();
    anna.giveBack(one);
    big.expectGranted();
    small.expectWaiting();
  }

  @Test
  @Rule("A7")
  void cancel_ofAWaiter_takesItOutOfTheLineAndServesThoseBehind() {
    create("s", 1, plain(2));
    Call big = anna.acquire("s", 2);
    Call small = bela.acquire("s", 1);
    anna.cancel(big).expectEffect(Effect.CANCELLED);
    big.expectCancelled();
    small.expectGranted();
    expect("s", 0, 1, 0);
  }

  @Test
  @Rule("A7")
  void cancel_thatCrossesTheGrant_givesItBack() {
    create("s", 1);
    Call held = anna.acquire("s", 1);
    Call crossing = bela.acquire("s", 1);
    Call next = cleo.acquire("s", 1);
    anna.giveBack(held.grant());
    crossing.expectGranted();
    bela.cancel(crossing).expectEffect(Effect.GIVEN_BACK);
    next.expectGranted();
    bela.cancel(crossing).expectEffect(Effect.NONE);
    expect("s", 0, 1, 0);
  }

  @Test
  @Rule("A7")
  void cancel_inTheEntryOfItsAcquire_findsItWaiting() {
    create("s", 0, plain(1));
    together(() -> {
      Call waits = anna.acquire("s", 1);
      anna.cancel(waits);
    });
    assertThat(told())
        .contains(
            new Outcome.Answer(
                -1, anna.id, 1, new Result.NotGranted(Result.NotGranted.Why.CANCELLED, List.of())),
            new Outcome.Answer(1, anna.id, 2, new Result.Cancelled(Effect.CANCELLED)));
  }

  @Test
  @Rule("A7")
  void cancel_ofWhatIsNotHeldOrIsNoAcquire_hasNoEffect() {
    create("s", 2);
    Call late = anna.acquire("s", 3);
    Call consumed = anna.ask(consuming(part("s", 1)));
    Call release = anna.release("s", 1);
    Call acknowledged = anna.acquire("s", 1);
    anna.acknowledge(acknowledged.number());
    for (Call call : List.of(late, consumed, release, acknowledged)) {
      anna.cancel(call).expectEffect(Effect.NONE);
    }
    anna.ask(new Operation.Cancel(777)).expectEffect(Effect.NONE);
    expect("s", 1, 1, 0);
  }

  @Test
  @Rule("A7")
  void cancel_reachesTheOwnSessionOnly() {
    create("s", 0, plain(1));
    Call waits = anna.acquire("s", 1);
    bela.ask(9, new Operation.Cancel(waits.number())).expectEffect(Effect.NONE);
    waits.expectWaiting();
  }

  @Test
  @Rule("A8")
  void grant_namesItsPermitsAndItsTime() {
    create("s", 5);
    at(7);
    Call call = anna.acquire("s", 2);
    Result.Granted granted = call.expectGranted();
    assertThat(granted.grantedAt()).isEqualTo(millis(7));
    assertThat(granted.parts())
        .containsExactly(new Result.GrantedPart(0, "s", 2, false, List.of()));
    assertThat(subject.holder(call.grant())).isEqualTo(subject.session(anna.id));
  }

  @Test
  @Rule({"A8", "R4"})
  void grantId_thatWasGuessed_isNotHeld() {
    create("s", 1);
    GrantId grant = anna.acquire("s", 1).grant();
    GrantId guess = new GrantId(grant.sequence(), grant.tag() + 1);
    bela.giveBack(guess).expectNotHeld(NotHeldReason.UNKNOWN);
    assertThat(subject.holder(guess)).isNull();
    expect("s", 0, 1, 0);
  }

  @Test
  @Rule("A8")
  void slots_areTheLowestFreeOnes_andTheirEpochsGrow() {
    create("s", 4, numbered(4));
    Call first = anna.acquire("s", 2);
    Call second = bela.acquire("s", 1);
    assertThat(first.slots()).containsExactly(new Slot(0, 1), new Slot(1, 1));
    assertThat(second.slots()).containsExactly(new Slot(2, 1));
    anna.giveBack(first.grant());
    assertThat(cleo.acquire("s", 3).slots())
        .containsExactly(new Slot(0, 2), new Slot(1, 2), new Slot(3, 1));
  }

  @Test
  @Rule({"A8", "O6"})
  void slotsAboveALoweredMaximum_areNotGivenOutUntilItIsRaised() {
    create("s", 3, numbered(3));
    GrantId all = anna.acquire("s", 3).grant();
    nobody(resize("s", 1));
    anna.ask(release(slotsOf(all, "s", 1, 2)));
    expect("s", 0, 1, 0);
    anna.giveBack(all);
    assertThat(bela.acquire("s", 1).slots()).containsExactly(new Slot(0, 2));
    nobody(resize("s", 3));
    assertThat(cleo.acquire("s", 2).slots()).containsExactly(new Slot(1, 2), new Slot(2, 2));
  }

  @Test
  @Rule("A9")
  void consumedPermits_areNeverHeldAndNeverRecovered() {
    create("s", 3);
    Result.Granted granted = anna.ask(consuming(part("s", 2))).expectGranted();
    assertThat(granted.id()).isNull();
    assertThat(granted.parts()).containsExactly(new Result.GrantedPart(0, "s", 2, true, List.of()));
    anna.expire();
    expect("s", 1, 0, 0);
  }

  @Test
  @Rule("A9")
  void consumingAtOnce_needsNoSession() {
    create("s", 3);
    Result.Granted granted = nobody(consuming(part("s", 2))).expectGranted();
    assertThat(granted.id()).isNull();
    nobody(consuming(part("s", 2))).expectTimedOut();
    nobody(consuming(part("missing", 1))).expectRefused(Refusal.SEMAPHORE_NOT_FOUND, "missing");
    expect("s", 1, 0, 0);
  }

  @Test
  @Rule({"A9", "A3"})
  void consumingAtOnce_neverOvertakesWhoWaits() {
    create("s", 1, plain(2));
    anna.acquire("s", 2);
    nobody(consuming(part("s", 1))).expectTimedOut();
    expect("s", 1, 0, 1);
  }

  @Test
  @Rule({"A9", "A8"})
  void numberedSemaphore_isNeverConsumedFrom() {
    create("s", 3, numbered(3));
    anna.ask(consuming(part("s", 1))).expectRefused(Refusal.INVALID_FIELD, "consume");
    anna.ask(new Operation.Drain("s", true)).expectRefused(Refusal.INVALID_FIELD, "consume");
    expect("s", 3, 0, 0);
  }

  @Test
  @Rule({"A10", "R4"})
  void holdLimit_countsFromTheGrant_andTheSessionIsTold() {
    create("s", 1);
    GrantId first = anna.acquire("s", 1).grant();
    Call limited = bela.ask(heldFor(millis(10), part("s", 1)));
    at(30);
    anna.giveBack(first);
    GrantId grant = limited.grant();
    Call next = cleo.acquire("s", 1);
    at(39);
    next.expectWaiting();
    told();
    at(40);
    assertThat(told())
        .startsWith(new Outcome.Recalled(bela.id, grant, NotHeldReason.HOLD_LIMIT, null));
    next.expectGranted();
    assertThat(bela.isAlive()).isTrue();
    bela.giveBack(grant).expectNotHeld(NotHeldReason.HOLD_LIMIT);
  }

  @Test
  @Rule("A10")
  void holdLimit_recoversWhatIsLeftOfAGrant() {
    create("s", 3);
    GrantId grant = anna.ask(heldFor(millis(10), part("s", 3))).grant();
    anna.ask(release(partOf(grant, "s", 2)));
    at(10);
    expect("s", 3, 0, 0);
  }

  @Test
  @Rule({"A10", "A9"})
  void holdLimit_meansNothingWhereEverythingWasConsumed() {
    create("s", 1);
    anna.ask(
            new Operation.Acquire(
                List.of(part("s", 1)), Operation.Mode.ALL_OF, AT_ONCE, true, millis(10)))
        .expectGranted();
    told();
    at(20);
    assertThat(told()).isEmpty();
    expect("s", 0, 0, 0);
  }
}
