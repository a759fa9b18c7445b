package dev.signalbox.server.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.server.Rule;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Permits that a client hands out by itself, and how they come back. */
@OnMachineAndModel
class CreditTest extends Scenario {
  private final Client anna = session("anna");
  private final Client bela = session("bela");

  CreditTest(Contender contender) {
    super(contender);
    create("s", 8);
    told();
  }

  private Outcome recalled(Client of, GrantId credit) {
    return new Outcome.CreditRecalled(of.id, credit);
  }

  private List<Outcome> recalls() {
    return told().stream().filter(Outcome.CreditRecalled.class::isInstance).toList();
  }

  @Test
  @Rule({"K1", "R6"})
  void credit_isHeldAsAnyGrant_asMuchAsIsAvailable() {
    assertThat(anna.takeCredit("s", 5).expectGranted().parts().get(0).permits()).isEqualTo(5);
    assertThat(bela.takeCredit("s", 5).expectGranted().parts().get(0).permits()).isEqualTo(3);
    anna.takeCredit("s", 1).expectTimedOut();
    assertThat(held("s")).isEqualTo(8);
    assertThat(count("s")).isZero();
    assertThat(recalls()).isEmpty();
  }

  @Test
  @Rule({"K1", "A3"})
  void credit_isNotGiven_whileAnybodyWaits() {
    anna.acquire("s", 6).expectGranted();
    bela.acquire("s", 3, FOREVER).expectWaiting();
    anna.takeCredit("s", 2).expectTimedOut();
  }

  @Test
  @Rule("K1")
  void credit_isNotGiven_whileSomebodyWaitsWhomOthersMayPass() {
    anna.acquire("s", 6).expectGranted();
    bela.ask(opportunistic(FOREVER, part("s", 3))).expectWaiting();
    anna.takeCredit("s", 2).expectTimedOut();
  }

  @Test
  @Rule("K1")
  void credit_isNotOfWhatIsNumberedOrOfAnotherKind() {
    create("n", 4, numbered(4));
    create("m", 1, mutex());
    create("o", 4, ownerOnly(4));
    anna.takeCredit("n", 1).expectRefused(Refusal.INVALID_FIELD, "semaphore");
    anna.takeCredit("m", 1).expectRefused(Refusal.WRONG_KIND, "m");
    anna.takeCredit("missing", 1).expectRefused(Refusal.SEMAPHORE_NOT_FOUND, "missing");
    anna.takeCredit("o", 1).expectGranted();
  }

  @Test
  @Rule("K2")
  void waiter_recallsEveryCredit_once() {
    GrantId one = anna.takeCredit("s", 4).grant();
    GrantId other = bela.takeCredit("s", 4).grant();
    Call waits = bela.acquire("s", 2, FOREVER).expectWaiting();
    assertThat(recalls()).containsExactly(recalled(anna, one), recalled(bela, other));
    bela.acquire("s", 2, FOREVER).expectWaiting();
    assertThat(recalls()).isEmpty();

    anna.giveBack(one, "s", 2).expectReleased(0);
    waits.expectGranted();
    assertThat(held("s")).isEqualTo(8);
  }

  @Test
  @Rule("K2")
  void acquireThatDoesNotWait_recalls_soThatTheNextMaySucceed() {
    GrantId credit = anna.takeCredit("s", 8).grant();
    bela.acquire("s", 1, AT_ONCE).expectTimedOut();
    assertThat(recalls()).containsExactly(recalled(anna, credit));
    anna.giveBack(credit);
    bela.acquire("s", 1, AT_ONCE).expectGranted();
  }

  @Test
  @Rule({"K2", "A6"})
  void releaseAndAcquire_recallsWhatItLacks_afterTheReleaseAlone() {
    create("t", 1);
    GrantId credit = anna.takeCredit("s", 8).grant();
    GrantId other = bela.acquire("t", 1).grant();
    bela.ask(
            new Operation.ReleaseAndAcquire(
                release(new Operation.GiveBack(other)), allOf(FOREVER, part("s", 1))))
        .expectWaiting();
    assertThat(recalls()).containsExactly(recalled(anna, credit));
  }

  @Test
  @Rule({"K2", "L5"})
  void recall_isToldAgain_whenTheSessionResumes_andWhenItsReplyIsAskedForAgain() {
    Call take = anna.takeCredit("s", 8);
    GrantId credit = take.grant();
    bela.acquire("s", 1, FOREVER).expectWaiting();
    told();
    anna.resume(take.number(), take.number());
    assertThat(recalls()).containsExactly(recalled(anna, credit));
    anna.repeat(take);
    assertThat(recalls()).containsExactly(recalled(anna, credit));
    anna.giveBack(credit);
    anna.resume(take.number() + 1);
    assertThat(recalls()).isEmpty();
  }

  @Test
  @Rule({"K2", "O6"})
  void debt_recallsCredit_whichPaysIt() {
    GrantId credit = anna.takeCredit("s", 8).grant();
    nobody(resize("s", 5));
    assertThat(recalls()).containsExactly(recalled(anna, credit));
    anna.giveBack(credit, "s", 4);
    assertThat(view("s").debt()).isZero();
    assertThat(count("s")).isEqualTo(1);
  }

  @Test
  @Rule({"K3", "R5"})
  void releaseByNumber_leavesCreditAlone() {
    anna.takeCredit("s", 5).expectGranted();
    anna.acquire("s", 2).expectGranted();
    anna.release("s", 2).expectReleased(1);
    assertThat(held("s")).isEqualTo(5);
    anna.release("s", 6).expectRefused(Refusal.TOO_MANY_POSTS);
  }

  @Test
  @Rule({"K3", "O8"})
  void releaseByNumber_ofAnOwnerOnlySemaphore_doesNotCountCredit() {
    create("o", 4, ownerOnly(4));
    GrantId credit = anna.takeCredit("o", 3).grant();
    anna.release("o", 1).expectRefused(Refusal.NOT_HELD_BY_SESSION);
    anna.giveBack(credit, "o", 1).expectReleased(1);
    assertThat(held("o")).isEqualTo(2);
  }

  @Test
  @Rule({"K4", "L2"})
  void lostSession_losesItsCredit() {
    anna.takeCredit("s", 8).expectGranted();
    Call waits = bela.acquire("s", 3, FOREVER).expectWaiting();
    anna.expire();
    waits.expectGranted();
    assertThat(count("s")).isEqualTo(5);
  }

  @Test
  @Rule({"K4", "O5"})
  void forcedDeletion_takesCreditBack_asAnyGrant() {
    GrantId credit = anna.takeCredit("s", 8).grant();
    nobody(delete("s")).expectRefused(Refusal.SEMAPHORE_IN_USE);
    told();
    nobody(forceDelete("s")).expectDone();
    assertThat(told())
        .contains(new Outcome.Recalled(anna.id, credit, NotHeldReason.SEMAPHORE_DELETED, null));
    create("s", 8);
    bela.acquire("s", 8).expectGranted();
    bela.acquire("s", 1, FOREVER).expectWaiting();
    assertThat(recalls()).isEmpty();
  }
}
