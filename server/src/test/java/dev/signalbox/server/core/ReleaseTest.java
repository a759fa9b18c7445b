package dev.signalbox.server.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.server.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Giving back and signalling. */
@OnMachineAndModel
class ReleaseTest extends Scenario {
  private final Client anna = session("anna");
  private final Client bela = session("bela");
  private final Client cleo = session("cleo");

  ReleaseTest(Contender contender) {
    super(contender);
  }

  @Test
  @Rule("R1")
  void release_saysThePreviousCount_thenServesWaiters() {
    create("s", 1, plain(5));
    Call waits = anna.acquire("s", 2);
    bela.release("s", 3).expectReleased(1);
    waits.expectGranted();
    expect("s", 2, 2, 0);
  }

  @Test
  @Rule("R2")
  void release_beyondTheMaximum_changesNothingAndWakesNobody() {
    create("s", 0, plain(2));
    Call waits = anna.acquire("s", 2);
    bela.release("s", 3).expectRefused(Refusal.TOO_MANY_POSTS, "s", 0);
    waits.expectWaiting();
    expect("s", 0, 0, 1);
    bela.release("s", 2).expectReleased(0);
    waits.expectGranted();
  }

  @Test
  @Rule("R2")
  void release_upToTheMaximumExactly_isAllowed() {
    create("s", 1, plain(3));
    bela.release("s", 2).expectReleased(1);
    bela.release("s", 1).expectRefused(Refusal.TOO_MANY_POSTS, "s", 0);
    expect("s", 3, 0, 0);
  }

  @Test
  @Rule("R2")
  void release_ofTheLargestNumber_doesNotOverflow() {
    create("s", 2, plain(Integer.MAX_VALUE));
    bela.release("s", Integer.MAX_VALUE).expectRefused(Refusal.TOO_MANY_POSTS, "s", 0);
    bela.release("s", Integer.MAX_VALUE - 2).expectReleased(2);
  }

  @Test
  @Rule("R2")
  void release_isJudgedByTheCountBeforeWaitersAreServed() {
    create("s", 1, plain(2));
    Call waits = anna.acquire("s", 2);
    bela.release("s", 2).expectRefused(Refusal.TOO_MANY_POSTS, "s", 0);
    waits.expectWaiting();
  }

  @Test
  @Rule({"R2", "O6"})
  void release_isJudgedLessTheDebt() {
    create("s", 4);
    anna.acquire("s", 4);
    nobody(resize("s", 1));
    anna.release("s", 5).expectRefused(Refusal.TOO_MANY_POSTS, "s", 0);
    anna.release("s", 4).expectReleased(0);
    expect("s", 1, 0, 0);
  }

  @Test
  @Rule("R3")
  void release_ofSeveral_saysAResultForEach() {
    create("s", 0, plain(5));
    create("t", 2);
    GrantId grant = anna.acquire("t", 2).grant();
    Call release = anna.ask(release(signal("s", 2), partOf(grant, "t", 1), signal("s", 1)));
    assertThat(release.items().stream().map(Result.ItemResult::previousCounts))
        .containsExactly(List.of(0), List.of(0), List.of(2));
  }

  @Test
  @Rule("R3")
  void release_ofSeveral_isUndoneWhenOneIsRefused_andNamesIt() {
    create("s", 0, plain(5));
    create("t", 2);
    GrantId grant = anna.acquire("t", 1).grant();
    Call waits = bela.acquire("s", 1);
    anna.ask(release(signal("s", 1), new Operation.GiveBack(grant), signal("t", 1)))
        .expectRefused(Refusal.TOO_MANY_POSTS, "t", 2);
    anna.ask(release(signal("s", 1), signal("u", 1)))
        .expectRefused(Refusal.SEMAPHORE_NOT_FOUND, "u", 1);
    waits.expectWaiting();
    expect("s", 0, 0, 1);
    expect("t", 1, 1, 0);
  }

  @Test
  @Rule({"R3", "O6"})
  void release_thatIsUndone_leavesTheDebtAsItWas() {
    create("s", 4);
    create("full", 1);
    anna.acquire("s", 4);
    nobody(resize("s", 1));
    anna.ask(release(signal("s", 2), signal("full", 1)))
        .expectRefused(Refusal.TOO_MANY_POSTS, "full", 1);
    assertThat(view("s").debt()).isEqualTo(3);
    expect("s", 0, 4, 0);
  }

  @Test
  @Rule({"R3", "R4"})
  void release_ofTheSameGrantTwice_seesWhatTheFirstItemDid() {
    create("s", 1);
    GrantId grant = anna.acquire("s", 1).grant();
    List<Result.ItemResult> items =
        anna.ask(release(new Operation.GiveBack(grant), new Operation.GiveBack(grant))).items();
    assertThat(items.get(0).released()).isTrue();
    assertThat(items.get(1).released()).isFalse();
    expect("s", 1, 0, 0);
  }

  @Test
  @Rule("R4")
  void giveBack_isIdempotent() {
    create("s", 2);
    GrantId grant = anna.acquire("s", 1).grant();
    anna.giveBack(grant).expectReleased(1);
    anna.giveBack(grant).expectNotHeld(NotHeldReason.UNKNOWN);
    expect("s", 2, 0, 0);
  }

  @Test
  @Rule("R4")
  void giveBack_ofAGrantThatIsGone_refusesNothingElse() {
    create("s", 0, plain(1));
    GrantId never = new GrantId(99, 99);
    Call release = anna.ask(release(new Operation.GiveBack(never), signal("s", 1)));
    assertThat(release.items().stream().map(Result.ItemResult::released))
        .containsExactly(false, true);
    expect("s", 1, 0, 0);
  }

  @Test
  @Rule("R4")
  void giveBack_afterTheSessionEnded_saysSo() {
    create("s", 1);
    GrantId grant = anna.acquire("s", 1).grant();
    anna.expire();
    bela.giveBack(grant).expectNotHeld(NotHeldReason.SESSION_ENDED);
  }

  @Test
  @Rule("R4")
  void reasons_ofTheLastTenThousandGrantsAreKept() {
    create("s", 137);
    List<GrantId> grants = new ArrayList<>();
    for (int i = 0; i < 73; i++) {
      Client client = session("client");
      IntStream.range(0, 137).forEach(n -> grants.add(client.acquire("s", 1).grant()));
      client.expire();
    }
    assertThat(grants).hasSize(10_001);
    bela.giveBack(grants.get(0)).expectNotHeld(NotHeldReason.UNKNOWN);
    bela.giveBack(grants.get(1)).expectNotHeld(NotHeldReason.SESSION_ENDED);
    bela.giveBack(grants.get(10_000)).expectNotHeld(NotHeldReason.SESSION_ENDED);
  }

  @Test
  @Rule("R4")
  void giveBack_inParts_keepsTheRest() {
    create("s", 3);
    create("t", 1);
    GrantId grant = anna.ask(allOf(AT_ONCE, part("s", 3), part("t", 1))).grant();
    anna.ask(release(partOf(grant, "s", 2))).expectReleased(0);
    expect("s", 2, 1, 0);
    anna.ask(release(partOf(grant, "t", 0))).expectReleased(0);
    expect("t", 1, 0, 0);
    anna.giveBack(grant).expectReleased(2);
    anna.giveBack(grant).expectNotHeld(NotHeldReason.UNKNOWN);
  }

  @Test
  @Rule("R4")
  void giveBack_ofSeveralSemaphores_saysTheirCountsInTheGrantsOrder() {
    create("s", 3);
    create("t", 5);
    GrantId grant = anna.ask(allOf(AT_ONCE, part("t", 1), part("s", 1))).grant();
    anna.giveBack(grant).expectReleased(4, 2);
  }

  @Test
  @Rule("R4")
  void giveBack_ofMoreThanIsHeld_changesNothing() {
    create("s", 3);
    create("t", 3);
    GrantId grant = anna.acquire("s", 2).grant();
    anna.ask(release(partOf(grant, "s", 3))).expectNotHeld(NotHeldReason.UNKNOWN);
    anna.ask(release(partOf(grant, "t", 1))).expectNotHeld(NotHeldReason.UNKNOWN);
    anna.ask(release(slotsOf(grant, "s", 0))).expectNotHeld(NotHeldReason.UNKNOWN);
    expect("s", 1, 2, 0);
  }

  @Test
  @Rule({"R4", "A8"})
  void giveBack_ofNumberedPermits_takesTheHighestSlotsUnlessNamed() {
    create("s", 4, numbered(4));
    GrantId grant = anna.acquire("s", 4).grant();
    anna.ask(release(partOf(grant, "s", 1)));
    assertThat(bela.acquire("s", 1).slots()).containsExactly(new Slot(3, 2));
    anna.ask(release(slotsOf(grant, "s", 1)));
    assertThat(bela.acquire("s", 1).slots()).containsExactly(new Slot(1, 2));
    anna.ask(release(slotsOf(grant, "s", 0, 1))).expectNotHeld(NotHeldReason.UNKNOWN);
    expect("s", 0, 4, 0);
  }

  @Test
  @Rule("R4")
  void giveBack_byAnotherSession_handsWorkOn() {
    create("s", 1);
    GrantId grant = anna.acquire("s", 1).grant();
    nobody(release(new Operation.GiveBack(grant))).expectReleased(0);
    expect("s", 1, 0, 0);
  }

  @Test
  @Rule({"R2", "R4"})
  void giveBack_whereAStrangersSignalFilledTheSemaphore_succeedsAndDropsWhatDoesNotFit() {
    create("s", 2);
    GrantId grant = anna.acquire("s", 2).grant();
    bela.release("s", 1).expectReleased(0);
    anna.giveBack(grant).expectReleased(1);
    expect("s", 2, 0, 0);
  }

  @Test
  @Rule({"R2", "R5"})
  void plainRelease_ofWhatIsHeld_isRefusedWhereAStrangersSignalFilledTheSemaphore() {
    create("s", 2);
    anna.acquire("s", 2);
    bela.release("s", 1);
    anna.release("s", 2).expectRefused(Refusal.TOO_MANY_POSTS, "s", 0);
    expect("s", 1, 2, 0);
  }

  @Test
  @Rule("R5")
  void anyone_maySignal_soThatAServiceCanOpenUpWhenItIsReady() {
    create("s", 0, plain(3));
    Call waits = anna.acquire("s", 1);
    nobody(release(signal("s", 3))).expectReleased(0);
    waits.expectGranted();
    expect("s", 2, 1, 0);
  }

  @Test
  @Rule("R5")
  void plainRelease_givesBackTheOldestGrantFirst_andSignalsTheRest() {
    create("s", 4, plain(9));
    GrantId first = anna.acquire("s", 2).grant();
    GrantId second = anna.acquire("s", 2).grant();
    anna.release("s", 3).expectReleased(0);
    anna.giveBack(first).expectNotHeld(NotHeldReason.UNKNOWN);
    expect("s", 3, 1, 0);
    anna.release("s", 2).expectReleased(3);
    anna.giveBack(second).expectNotHeld(NotHeldReason.UNKNOWN);
    expect("s", 5, 0, 0);
  }

  @Test
  @Rule({"R5", "L2"})
  void plainRelease_ofWhatIsHeld_isNotRecoveredAgainWhenTheSessionDies() {
    create("s", 2);
    anna.acquire("s", 1);
    anna.release("s", 1);
    anna.expire();
    expect("s", 2, 0, 0);
  }

  @Test
  @Rule("R5")
  void plainRelease_doesNotTouchWhatOthersHold() {
    create("s", 2, plain(9));
    GrantId others = bela.acquire("s", 1).grant();
    anna.acquire("s", 1);
    anna.release("s", 2);
    bela.giveBack(others).expectReleased(2);
  }

  @Test
  @Rule("R6")
  void holders_neverExceedTheMaximum_whateverDiesOrIsGivenBackTwice() {
    create("s", 2, ownerOnly(2));
    GrantId one = anna.acquire("s", 1).grant();
    GrantId two = bela.acquire("s", 1).grant();
    Call third = cleo.acquire("s", 1);
    Call fourth = cleo.acquire("s", 1);
    bela.expire();
    anna.giveBack(two);
    cleo.giveBack(two);
    third.expectGranted();
    fourth.expectWaiting();
    expect("s", 0, 2, 1);
    anna.giveBack(one);
    anna.giveBack(one);
    fourth.expectGranted();
    expect("s", 0, 2, 0);
  }
}
