package dev.signalbox.server.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.server.Rule;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Mutexes: one owner, and what becomes of it. */
@OnMachineAndModel
class MutexTest extends Scenario {
  private final Client anna = session("anna");
  private final Client bela = session("bela");
  private final Client cleo = session("cleo");

  MutexTest(Contender contender) {
    super(contender);
  }

  @BeforeEach
  void mutexes() {
    create("m", 1, mutex());
    create("other", 1, mutex());
  }

  @Test
  @Rule("M1")
  void mutex_isNumberedAndOwnerOnly_withoutBeingAskedTo() {
    assertThat(view("m").config())
        .isEqualTo(new SemaphoreConfig(Kind.MUTEX, 1, true, true, false, null, 0));
    expect("m", 1, 0, 0);
  }

  @Test
  @Rule("M1")
  void mutex_isNeverResizedOrConsumedOrRefilled() {
    nobody(resize("m", 1)).expectRefused(Refusal.INVALID_FIELD, "max_count");
    nobody(new Operation.UpdateSemaphore("m", -1, new Refill(1, 1_000), -1))
        .expectRefused(Refusal.INVALID_FIELD, "refill");
    anna.ask(consuming(part("m", 1))).expectRefused(Refusal.INVALID_FIELD, "consume");
    anna.ask(new Operation.Drain("m", true)).expectRefused(Refusal.INVALID_FIELD, "consume");
    anna.acquire("m", 2).expectRefused(Refusal.INVALID_FIELD, "parts[0].permits");
    nobody(new Operation.UpdateSemaphore("m", -1, null, 1_000_000)).semaphore();
    assertThat(view("m").config().idleTtlMicros()).isEqualTo(1_000_000);
  }

  @Test
  @Rule({"M1", "O2"})
  void create_ofAMutexThatExists_opensIt_andMayChangeItsIdleTime() {
    nobody(creation("m", 1, mutex(), IfExists.FAIL)).semaphore();
    SemaphoreConfig idling = new SemaphoreConfig(Kind.MUTEX, 1, false, false, null, 2_000_000);
    nobody(creation("m", 1, idling, IfExists.FAIL)).expectRefused(Refusal.SEMAPHORE_EXISTS, "m");
    nobody(creation("m", 1, idling, IfExists.UPDATE)).semaphore();
    assertThat(view("m").config().idleTtlMicros()).isEqualTo(2_000_000);
  }

  @Test
  @Rule({"M2", "A8", "A3"})
  void owners_followEachOtherInOrder_eachWithAHigherEpoch() {
    Call first = anna.acquire("m", 1);
    Call second = bela.acquire("m", 1);
    Call third = cleo.acquire("m", 1);
    assertThat(first.slots()).containsExactly(new Slot(0, 1));
    anna.release("m", 1).expectReleased(0);
    assertThat(second.slots()).containsExactly(new Slot(0, 2));
    third.expectWaiting();
    bela.giveBack(second.grant()).expectReleased(0);
    assertThat(third.slots()).containsExactly(new Slot(0, 3));
  }

  @Test
  @Rule("M2")
  void owner_thatAcquiresAgain_waitsForItself() {
    GrantId grant = anna.acquire("m", 1).grant();
    anna.acquire("m", 1, AT_ONCE).expectTimedOut();
    Call again = anna.acquire("m", 1).expectWaiting();
    anna.giveBack(grant).expectReleased(0);
    assertThat(again.slots()).containsExactly(new Slot(0, 2));
    expect("m", 0, 1, 0);
  }

  @Test
  @Rule({"M4", "O8"})
  void release_bySomebodyElse_isRefused_heldOrNot() {
    bela.release("m", 1).expectRefused(Refusal.NOT_HELD_BY_SESSION, "m", 0);
    Call grant = anna.acquire("m", 1);
    bela.release("m", 1).expectRefused(Refusal.NOT_HELD_BY_SESSION, "m", 0);
    nobody(release(signal("m", 1))).expectRefused(Refusal.NOT_HELD_BY_SESSION, "m", 0);
    anna.release("m", 2).expectRefused(Refusal.NOT_HELD_BY_SESSION, "m", 0);
    expect("m", 0, 1, 0);
    bela.giveBack(grant.grant()).expectReleased(0);
    anna.release("m", 1).expectRefused(Refusal.NOT_HELD_BY_SESSION, "m", 0);
    assertThat(view("m").abandoned()).isFalse();
  }

  @Test
  @Rule({"M4", "R3"})
  void releaseOfTwo_ofWhichOneIsNotHeld_releasesNeither() {
    anna.acquire("m", 1).expectGranted();
    anna.ask(release(signal("m", 1), signal("other", 1)))
        .expectRefused(Refusal.NOT_HELD_BY_SESSION, "other", 1);
    expect("m", 0, 1, 0);
  }

  @Test
  @Rule({"M3", "L2", "L6"})
  void endOfItsOwner_howeverItCame_isToldToTheNextOne() {
    for (EndCause cause : EndCause.values()) {
      Client owner = session("owner");
      owner.acquire("m", 1).expectGranted();
      Call next = anna.acquire("m", 1);
      owner.end(cause);
      assertThat(next.isAbandoned()).as("%s", cause).isTrue();
      anna.release("m", 1).expectReleased(0);
      assertThat(view("m").abandoned()).isFalse();
    }
  }

  @Test
  @Rule("M3")
  void abandonment_isSeenUntilItIsTold_andToldOnce() {
    anna.acquire("m", 1).expectGranted();
    anna.expire();
    assertThat(view("m").abandoned()).isTrue();
    assertThat(view("other").abandoned()).isFalse();
    Call told = bela.acquire("m", 1);
    assertThat(told.isAbandoned()).isTrue();
    assertThat(view("m").abandoned()).isFalse();
    assertThat(((Result.Granted) bela.repeat(told).result()).parts().get(0).abandoned()).isTrue();
    bela.release("m", 1).expectReleased(0);
    assertThat(cleo.acquire("m", 1).isAbandoned()).isFalse();
  }

  @Test
  @Rule({"M3", "A10"})
  void holdLimit_leavesItAbandoned_togetherWithTheRestOfTheGrant() {
    create("s", 1);
    anna.ask(heldFor(millis(5), part("m", 1), part("s", 1), part("other", 1))).expectGranted();
    at(5);
    assertThat(view("m").abandoned()).isTrue();
    assertThat(view("other").abandoned()).isTrue();
    assertThat(view("s").abandoned()).isFalse();
    Result.Granted next = bela.ask(allOf(AT_ONCE, part("s", 1), part("m", 1))).expectGranted();
    assertThat(next.parts()).extracting(Result.GrantedPart::abandoned).containsExactly(false, true);
  }

  @Test
  @Rule({"M3", "R4"})
  void releaseInTime_orByWhomeverItWasHandedTo_abandonsNothing() {
    GrantId grant = anna.acquire("m", 1).grant();
    bela.giveBack(grant).expectReleased(0);
    anna.expire();
    assertThat(view("m").abandoned()).isFalse();
  }

  @Test
  @Rule({"M3", "A7"})
  void grantThatIsCancelled_isNoOwner_soTheNextOneIsToldWhatItWasTold() {
    anna.acquire("m", 1).expectGranted();
    Call second = bela.acquire("m", 1);
    anna.expire();
    assertThat(second.isAbandoned()).isTrue();
    bela.cancel(second).expectEffect(Result.Cancelled.Effect.GIVEN_BACK);
    assertThat(cleo.acquire("m", 1).isAbandoned()).isTrue();
    cleo.release("m", 1).expectReleased(0);
    Call clean = bela.acquire("m", 1);
    bela.cancel(clean).expectEffect(Result.Cancelled.Effect.GIVEN_BACK);
    assertThat(view("m").abandoned()).isFalse();
  }

  @Test
  @Rule({"M3", "O5"})
  void forcedDeletion_leavesNothingToAbandon() {
    anna.acquire("m", 1).expectGranted();
    nobody(forceDelete("m")).expectDone();
    anna.expire();
    create("m", 1, mutex());
    Call fresh = bela.acquire("m", 1);
    assertThat(fresh.isAbandoned()).isFalse();
    assertThat(fresh.slots()).containsExactly(new Slot(0, 1));
  }

  @Test
  @Rule({"M4", "A6"})
  void releaseAndAcquire_swapsOneMutexForAnother() {
    anna.acquire("m", 1).expectGranted();
    Call waits = bela.acquire("m", 1);
    Call swapped =
        anna.ask(
            new Operation.ReleaseAndAcquire(
                release(signal("m", 1)), allOf(FOREVER, part("other", 1))));
    assertThat(swapped.expectGranted().parts().get(0).semaphore()).isEqualTo("other");
    waits.expectGranted();
  }

  @Test
  @Rule({"M1", "O7"})
  void drain_isAnAcquireThatDoesNotWait() {
    assertThat(anna.drain("m").slots()).containsExactly(new Slot(0, 1));
    bela.drain("m").expectTimedOut();
    anna.release("m", 1).expectReleased(0);
  }
}
