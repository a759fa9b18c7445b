package dev.signalbox.server.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.server.Rule;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What can be created, opened, resized, drained and deleted. */
@OnMachineAndModel
class ObjectsTest extends Scenario {
  private final Client anna = session("anna");
  private final Client bela = session("bela");

  ObjectsTest(Contender contender) {
    super(contender);
  }

  @Test
  @Rule("O1")
  void create_startsWithTheInitialCount() {
    Result.SemaphoreResult created = create("s", 3, plain(8)).semaphore();
    assertThat(created.alreadyExisted()).isFalse();
    assertThat(created.semaphore().config()).isEqualTo(plain(8));
    expect("s", 3, 0, 0);
  }

  @Test
  @Rule("O1")
  void create_withImpossibleCounts_leavesTheNameFree() {
    create("s", 1);
    assertThatThrownBy(() -> create("s", 0, plain(0))).isInstanceOf(InvalidField.class);
    assertThatThrownBy(() -> create("t", 3, plain(2))).isInstanceOf(InvalidField.class);
    assertThat(exists("t")).isFalse();
  }

  @Test
  @Rule("O2")
  void create_ofAnExistingName_opensItAndKeepsItsCounts() {
    create("s", 3);
    anna.acquire("s", 2);
    Result.SemaphoreResult opened = nobody(creation("s", 5, plain(9), IfExists.OPEN)).semaphore();
    assertThat(opened.alreadyExisted()).isTrue();
    assertThat(opened.semaphore().config()).isEqualTo(plain(3));
    assertThat(opened.semaphore().count()).isEqualTo(1);
  }

  @Test
  @Rule("O2")
  void create_withFail_isRefusedOnlyIfTheConfigurationDiffers() {
    create("s", 3);
    assertThat(nobody(creation("s", 0, plain(3), IfExists.FAIL)).semaphore().alreadyExisted())
        .isTrue();
    for (SemaphoreConfig other :
        List.of(plain(4), ownerOnly(3), numbered(3), refilling(3, 1, 1000), idling(3, 1_000_000))) {
      nobody(creation("s", 1, other, IfExists.FAIL)).expectRefused(Refusal.SEMAPHORE_EXISTS, "s");
    }
  }

  @Test
  @Rule({"O2", "O6"})
  void create_withUpdate_changesWhatCanBeChanged() {
    create("s", 2);
    Call waits = anna.acquire("s", 2);
    Call more = anna.acquire("s", 1);
    waits.expectGranted();
    SemaphoreConfig wanted = idling(3, 5_000_000);
    assertThat(nobody(creation("s", 0, wanted, IfExists.UPDATE)).semaphore().alreadyExisted())
        .isTrue();
    assertThat(view("s").config()).isEqualTo(wanted);
    more.expectGranted();
  }

  @Test
  @Rule("O2")
  void create_withUpdate_cannotMakeAnotherSortOfSemaphore() {
    create("s", 2);
    for (SemaphoreConfig other : List.of(ownerOnly(2), numbered(2), refilling(2, 1, 1000))) {
      nobody(creation("s", 1, other, IfExists.UPDATE)).expectRefused(Refusal.SEMAPHORE_EXISTS, "s");
    }
    assertThat(view("s").config()).isEqualTo(plain(2));
  }

  @Test
  @Rule("O3")
  void names_areCaseSensitive() {
    create("s", 1);
    create("S", 1);
    anna.acquire("s", 1);
    expect("S", 1, 0, 0);
  }

  @Test
  @Rule("O3")
  void release_acrossNamespaces_isRefusedAsAWhole() {
    create("n/s", 2);
    create("m/t", 0, plain(2));
    GrantId grant = anna.acquire("n/s", 1).grant();
    Operation.GiveBack giveBack = new Operation.GiveBack(grant);
    anna.ask(release(signal("m/t", 1), giveBack))
        .expectRefused(Refusal.INVALID_FIELD, "items[1].give_back.grant_id", 1);
    anna.ask(release(giveBack, signal("m/t", 1)))
        .expectRefused(Refusal.INVALID_FIELD, "items[1].signal.semaphore", 1);
    expect("n/s", 1, 1, 0);
    expect("m/t", 0, 0, 0);
  }

  @Test
  @Rule("O4")
  void open_ofAMissingName_isNotFound() {
    nobody(new Operation.OpenSemaphore("s", Kind.SEMAPHORE))
        .expectRefused(Refusal.SEMAPHORE_NOT_FOUND, "s");
  }

  @Test
  @Rule("O4")
  void open_ofAnotherKind_isRefusedAndSaysWhichKindItIs() {
    create("s", 1, new SemaphoreConfig(Kind.EVENT, 1, false, false, null, 0));
    Result.Refused refused =
        nobody(new Operation.OpenSemaphore("s", Kind.MUTEX)).expectRefused(Refusal.WRONG_KIND);
    assertThat(refused.subject()).isEqualTo("s");
    assertThat(refused.detail()).isEqualTo("EVENT");
    create("s", 1, plain(1)).expectRefused(Refusal.WRONG_KIND, "s");
    nobody(new Operation.OpenSemaphore("s", Kind.EVENT)).semaphore();
  }

  @Test
  @Rule({"O4", "O5"})
  void delete_ofAnotherKindThanSaid_isRefused_whateverTheForce() {
    create("m", 1, mutex());
    nobody(new Operation.DeleteSemaphore("m", true, Kind.EVENT))
        .expectRefused(Refusal.WRONG_KIND, "m");
    nobody(new Operation.DeleteSemaphore("m", false, Kind.MUTEX)).expectDone();
    assertThat(exists("m")).isFalse();
  }

  @Test
  @Rule("O5")
  void delete_withHoldersOrWaiters_isRefused() {
    create("s", 1);
    GrantId grant = anna.acquire("s", 1).grant();
    nobody(delete("s")).expectRefused(Refusal.SEMAPHORE_IN_USE, "s");
    anna.giveBack(grant);
    nobody(resize("s", 0));
    bela.acquire("s", 1).expectWaiting();
    nobody(delete("s")).expectRefused(Refusal.SEMAPHORE_IN_USE, "s");
    bela.close();
    nobody(delete("s")).expectDone();
    assertThat(exists("s")).isFalse();
    nobody(delete("s")).expectRefused(Refusal.SEMAPHORE_NOT_FOUND, "s");
  }

  @Test
  @Rule("O5")
  void delete_forced_refusesWaitersAndVoidsGrants() {
    create("s", 1);
    GrantId grant = anna.acquire("s", 1).grant();
    Call waits = bela.acquire("s", 1);
    told();
    nobody(forceDelete("s")).expectDone();
    waits.expectRefused(Refusal.SEMAPHORE_NOT_FOUND, "s");
    assertThat(told())
        .contains(new Outcome.Recalled(anna.id, grant, NotHeldReason.SEMAPHORE_DELETED, null));
    anna.giveBack(grant).expectNotHeld(NotHeldReason.SEMAPHORE_DELETED);
  }

  @Test
  @Rule("O5")
  void delete_forced_leavesAGrantWhatItHoldsElsewhere() {
    create("s", 1);
    create("t", 1);
    GrantId grant = anna.ask(allOf(AT_ONCE, part("s", 1), part("t", 1))).grant();
    told();
    nobody(forceDelete("s"));
    assertThat(told())
        .contains(new Outcome.Recalled(anna.id, grant, NotHeldReason.SEMAPHORE_DELETED, "s"));
    anna.giveBack(grant).expectReleased(0);
    expect("t", 1, 0, 0);
  }

  @Test
  @Rule({"O5", "A4"})
  void delete_forced_letsThoseBehindARefusedAllOfPass() {
    create("s", 1);
    create("t", 1);
    anna.acquire("s", 1);
    Call both = anna.ask(allOf(FOREVER, part("s", 1), part("t", 1)));
    Call behind = bela.acquire("t", 1);
    behind.expectWaiting();
    nobody(forceDelete("s"));
    both.expectRefused(Refusal.SEMAPHORE_NOT_FOUND, "s");
    behind.expectGranted();
  }

  @Test
  @Rule("O5")
  void grantOfADeletedSemaphore_meansNothingToANewOneOfThatName() {
    create("s", 1);
    GrantId old = anna.acquire("s", 1).grant();
    nobody(forceDelete("s"));
    create("s", 1);
    bela.acquire("s", 1).expectGranted();
    anna.ask(release(partOf(old, "s", 1))).expectNotHeld(NotHeldReason.SEMAPHORE_DELETED);
    expect("s", 0, 1, 0);
  }

  @Test
  @Rule("O5")
  void idleSemaphore_isDeletedAfterItsTime() {
    create("s", 1, idling(1, 1_000_000));
    at(999);
    assertThat(exists("s")).isTrue();
    at(1000);
    assertThat(exists("s")).isFalse();
  }

  @Test
  @Rule("O5")
  void idleTime_beginsAnewWithEveryRequest_alsoARefusedOne() {
    create("s", 1, idling(1, 1_000_000));
    at(600);
    anna.release("s", 1).expectRefused(Refusal.TOO_MANY_POSTS);
    at(1599);
    assertThat(exists("s")).isTrue();
    at(1600);
    assertThat(exists("s")).isFalse();
  }

  @Test
  @Rule("O5")
  void idleTime_countsFromTheMomentTheLastHolderLeft() {
    create("s", 1, idling(1, 1_000_000));
    anna.ask(heldFor(millis(5000), part("s", 1))).expectGranted();
    at(4999);
    assertThat(exists("s")).isTrue();
    at(5999);
    assertThat(exists("s")).isTrue();
    at(6000);
    assertThat(exists("s")).isFalse();
  }

  @Test
  @Rule("O6")
  void growing_addsTheDifferenceAndServesWaiters() {
    create("s", 1);
    anna.acquire("s", 1);
    Call waits = bela.acquire("s", 1);
    nobody(resize("s", 3));
    waits.expectGranted();
    expect("s", 1, 2, 0);
  }

  @Test
  @Rule({"O6", "R6"})
  void shrinkingBelowWhatIsInUse_leavesADebtThatReturnsPayFirst() {
    create("s", 4);
    GrantId three = anna.acquire("s", 3).grant();
    nobody(resize("s", 1));
    assertThat(view("s").debt()).isEqualTo(2);
    expect("s", 0, 3, 0);
    anna.ask(release(partOf(three, "s", 2))).expectReleased(0);
    assertThat(view("s").debt()).isZero();
    expect("s", 0, 1, 0);
    anna.giveBack(three);
    expect("s", 1, 0, 0);
  }

  @Test
  @Rule("O6")
  void growing_paysTheDebtFirst() {
    create("s", 4);
    anna.acquire("s", 4);
    nobody(resize("s", 1));
    nobody(resize("s", 3));
    assertThat(view("s").debt()).isEqualTo(1);
    expect("s", 0, 4, 0);
    nobody(resize("s", 5));
    assertThat(view("s").debt()).isZero();
    expect("s", 1, 4, 0);
  }

  @Test
  @Rule({"O6", "A9"})
  void consumedPermits_makeNoDebt() {
    create("s", 4);
    anna.ask(consuming(part("s", 3))).expectGranted();
    nobody(resize("s", 2));
    assertThat(view("s").debt()).isZero();
    expect("s", 1, 0, 0);
  }

  @Test
  @Rule("O6")
  void closing_keepsWaitersInTheQueueUntilItOpens() {
    create("s", 2);
    GrantId held = anna.acquire("s", 1).grant();
    nobody(resize("s", 0));
    Call waits = bela.acquire("s", 2);
    Call impatient = bela.acquire("s", 99, AT_ONCE);
    anna.giveBack(held);
    waits.expectWaiting();
    impatient.expectTimedOut();
    expect("s", 0, 0, 1);
    nobody(resize("s", 2));
    waits.expectGranted();
  }

  @Test
  @Rule({"O6", "A1", "A3"})
  void waiterForMoreThanALoweredMaximum_staysInItsPlace() {
    create("s", 3);
    GrantId held = anna.acquire("s", 1).grant();
    Call big = bela.acquire("s", 3);
    Call behind = bela.acquire("s", 1);
    nobody(resize("s", 2));
    anna.giveBack(held);
    big.expectWaiting();
    behind.expectWaiting();
    anna.acquire("s", 3).expectRefused(Refusal.INVALID_FIELD, "parts[0].permits");
    nobody(resize("s", 4));
    big.expectGranted();
    behind.expectGranted();
  }

  @Test
  @Rule("O7")
  void drain_takesWhateverIsThereAsOneGrant() {
    create("s", 5);
    anna.acquire("s", 2);
    Result.Granted drained = bela.drain("s").expectGranted();
    assertThat(drained.parts())
        .containsExactly(new Result.GrantedPart(0, "s", 3, false, List.of()));
    expect("s", 0, 5, 0);
    bela.drain("s").expectTimedOut();
  }

  @Test
  @Rule({"O7", "A3"})
  void drain_takesNothingWhileSomebodyWaitsWhomItMayNotPass() {
    create("s", 3);
    GrantId two = anna.acquire("s", 2).grant();
    Call big = bela.acquire("s", 3);
    anna.drain("s").expectTimedOut();
    anna.giveBack(two);
    big.expectGranted();
  }

  @Test
  @Rule({"O7", "A4"})
  void drain_passesOpportunisticWaiters() {
    create("s", 3);
    create("t", 0, plain(1));
    bela.ask(opportunistic(FOREVER, part("s", 1), part("t", 1))).expectWaiting();
    anna.drain("s").expectGranted();
    expect("s", 0, 3, 1);
  }

  @Test
  @Rule("O8")
  void ownerOnly_refusesSignals_alsoInPart() {
    create("s", 3, ownerOnly(3));
    anna.acquire("s", 1);
    nobody(release(signal("s", 1))).expectRefused(Refusal.NOT_HELD_BY_SESSION, "s", 0);
    bela.release("s", 1).expectRefused(Refusal.NOT_HELD_BY_SESSION, "s", 0);
    anna.release("s", 2).expectRefused(Refusal.NOT_HELD_BY_SESSION, "s", 0);
    expect("s", 2, 1, 0);
  }

  @Test
  @Rule({"O8", "R4", "R5"})
  void ownerOnly_takesBackWhatIsHeld_byCountOrByGrant() {
    create("s", 3, ownerOnly(3));
    anna.acquire("s", 1);
    GrantId handedOn = anna.acquire("s", 2).grant();
    anna.release("s", 1).expectReleased(0);
    bela.giveBack(handedOn).expectReleased(1);
    expect("s", 3, 0, 0);
  }
}
