package dev.signalbox.server.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.server.Rule;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of a session's permits, waiters and wills when it ends. */
@OnMachineAndModel
class SessionsTest extends Scenario {
  private final Client anna = session("anna");
  private final Client bela = session("bela");
  private final Client cleo = session("cleo");

  SessionsTest(Contender contender) {
    super(contender);
  }

  @Test
  @Rule("L2")
  void expiry_givesEverythingBackAndServesWaitersInOneStep() {
    create("s", 3);
    anna.acquire("s", 1);
    anna.acquire("s", 2);
    Call both = bela.acquire("s", 3);
    told();
    anna.expire().expectDone();
    both.expectGranted();
    assertThat(told()).contains(new Outcome.SessionEnded(anna.id, EndCause.EXPIRED));
    assertThat(anna.isAlive()).isFalse();
  }

  @Test
  @Rule("L2")
  void expiry_neverLiftsTheCountAboveTheMaximum() {
    create("s", 2);
    anna.acquire("s", 2);
    bela.release("s", 1);
    anna.expire();
    expect("s", 2, 0, 0);
  }

  @Test
  @Rule({"L2", "O6"})
  void expiry_paysTheDebtFirst() {
    create("s", 3);
    anna.acquire("s", 3);
    nobody(resize("s", 1));
    Call waits = bela.acquire("s", 1);
    anna.expire();
    waits.expectGranted();
    expect("s", 0, 1, 0);
  }

  @Test
  @Rule("L2")
  void sessionThatDiesWhileQueued_leavesTheLineWithoutAnAnswer() {
    create("s", 1, plain(2));
    Call big = anna.acquire("s", 2);
    Call small = bela.acquire("s", 1);
    anna.expire();
    big.expectWaiting();
    small.expectGranted();
    cleo.release("s", 1);
    expect("s", 1, 1, 0);
  }

  @Test
  @Rule("L2")
  void deadSession_canDoNothingAnyMore() {
    create("s", 1);
    anna.expire();
    anna.acquire("s", 1).expectRefused(Refusal.SESSION_LOST);
    anna.resume(0).expectRefused(Refusal.SESSION_LOST);
    anna.expire().expectDone();
    expect("s", 1, 0, 0);
  }

  @Test
  @Rule({"L2", "A8"})
  void sessionId_thatWasGuessed_isNoSession() {
    create("s", 1);
    Client thief = new Client(new SessionId(anna.id.sequence(), anna.id.tag() + 1));
    thief.acquire("s", 1).expectRefused(Refusal.SESSION_LOST);
    thief.close().expectDone();
    assertThat(anna.isAlive()).isTrue();
  }

  @Test
  @Rule("L6")
  void close_givesEverythingBackAtOnce() {
    create("s", 2);
    create("t", 1);
    GrantId grant = anna.ask(allOf(AT_ONCE, part("s", 2), part("t", 1))).grant();
    Call waits = bela.acquire("t", 1);
    anna.acquire("s", 1).expectWaiting();
    told();
    anna.close().expectDone();
    assertThat(told()).contains(new Outcome.SessionEnded(anna.id, EndCause.CLOSED));
    waits.expectGranted();
    expect("s", 2, 0, 0);
    bela.giveBack(grant).expectNotHeld(NotHeldReason.SESSION_ENDED);
  }

  @Test
  @Rule("L5")
  void resume_listsEveryGrantThatIsHeld_oldestFirst() {
    create("s", 3);
    GrantId first = anna.acquire("s", 1).grant();
    GrantId second = anna.acquire("s", 1).grant();
    GrantId third = anna.acquire("s", 1).grant();
    anna.giveBack(second);
    assertThat(anna.resume(4).result()).isEqualTo(new Result.Resumed(List.of(first, third)));
  }

  @Test
  @Rule("L8")
  void will_isAppliedWhenTheSessionExpires() {
    create("done", 0, plain(5));
    Call waits = bela.acquire("done", 2);
    anna.will(1, signal("done", 1)).expectDone();
    anna.will(2, signal("done", 1)).expectDone();
    waits.expectWaiting();
    anna.expire();
    waits.expectGranted();
  }

  @Test
  @Rule("L8")
  void will_isNotAppliedWhenTheSessionIsClosedOrKilled() {
    create("done", 0, plain(5));
    anna.will(1, signal("done", 1));
    bela.will(1, signal("done", 1));
    anna.close();
    bela.end(EndCause.KILLED);
    expect("done", 0, 0, 0);
  }

  @Test
  @Rule("L8")
  void will_thatIsRefused_changesNothingAndStopsNoOther() {
    create("full", 1);
    create("done", 0, plain(5));
    anna.will(1, signal("done", 1), signal("full", 1));
    anna.will(2, signal("done", 2), signal("missing", 1));
    anna.will(3, signal("done", 3));
    anna.expire();
    expect("full", 1, 0, 0);
    expect("done", 3, 0, 0);
  }

  @Test
  @Rule({"L8", "O8"})
  void will_onAnOwnerOnlySemaphore_givesBackWhatIsHeldAndNoMore() {
    create("s", 1, ownerOnly(2));
    anna.acquire("s", 1);
    anna.will(1, signal("s", 2));
    anna.will(2, signal("s", 1));
    anna.expire();
    expect("s", 1, 0, 0);
  }

  @Test
  @Rule({"L8", "R5", "R6"})
  void will_ofAHolder_releasesItsPermitsOnce() {
    create("s", 3);
    bela.acquire("s", 1);
    anna.acquire("s", 2);
    anna.will(1, signal("s", 1));
    anna.expire();
    expect("s", 2, 1, 0);
  }

  @Test
  @Rule({"L8", "R5"})
  void will_forMoreThanIsHeld_signalsTheRest() {
    create("s", 2, plain(5));
    anna.acquire("s", 2);
    anna.will(1, signal("s", 3));
    anna.expire();
    expect("s", 3, 0, 0);
  }

  @Test
  @Rule("L8")
  void wills_areAppliedInTheOrderOfTheirNumbers_beforeTheOtherGrantsGoBack() {
    create("s", 3);
    anna.acquire("s", 2);
    Call waits = bela.acquire("s", 3);
    bela.release("s", 1).expectReleased(1);
    anna.will(7, signal("s", 1));
    anna.expire();
    waits.expectGranted();
    expect("s", 0, 3, 0);
    create("t", 0, plain(3));
    cleo.will(5, signal("t", 3));
    cleo.will(2, signal("t", 2));
    cleo.expire();
    expect("t", 2, 0, 0);
  }

  @Test
  @Rule("L8")
  void will_canBeReplacedAndCleared() {
    create("done", 0, plain(9));
    anna.will(1, signal("done", 1));
    anna.will(1, signal("done", 4));
    anna.will(2, signal("done", 2));
    anna.ask(new Operation.ClearWill(2)).expectDone();
    anna.ask(new Operation.ClearWill(3)).expectDone();
    anna.expire();
    expect("done", 4, 0, 0);
  }

  @Test
  @Rule("L8")
  void will_thatAReleaseFulfilled_isForgottenInTheSameStep() {
    create("done", 0, plain(9));
    anna.will(1, signal("done", 1));
    anna.ask(new Operation.Release(List.of(signal("done", 1)), List.of(1L))).expectReleased(0);
    anna.expire();
    expect("done", 1, 0, 0);
  }

  @Test
  @Rule({"L8", "R3"})
  void will_thatARefusedReleaseNamed_staysInForce() {
    create("done", 0, plain(2));
    anna.will(1, signal("done", 1));
    anna.ask(new Operation.Release(List.of(signal("done", 3)), List.of(1L)))
        .expectRefused(Refusal.TOO_MANY_POSTS);
    anna.expire();
    expect("done", 1, 0, 0);
  }

  @Test
  @Rule({"L6", "A10"})
  void ephemeralSession_endsWhenItHoldsAndWaitsForNothing() {
    create("s", 1);
    Client unary = ephemeral("unary");
    assertThat(unary.isAlive()).isTrue();
    GrantId grant = unary.acquire("s", 1).grant();
    told();
    nobody(release(new Operation.GiveBack(grant))).expectReleased(0);
    assertThat(told()).contains(new Outcome.SessionEnded(unary.id, EndCause.CLOSED));
    assertThat(unary.isAlive()).isFalse();
  }

  @Test
  @Rule({"L6", "A2"})
  void ephemeralSession_livesWhileItWaits_andEndsWithATimeOut() {
    create("s", 0, plain(1));
    Client unary = ephemeral("unary");
    unary.acquire("s", 1, millis(5)).expectWaiting();
    assertThat(unary.isAlive()).isTrue();
    at(5);
    assertThat(unary.isAlive()).isFalse();
  }

  @Test
  @Rule({"L6", "A10"})
  void ephemeralSession_endsWithItsHoldLimit() {
    create("s", 1);
    Client unary = ephemeral("unary");
    unary.ask(heldFor(millis(5), part("s", 1))).expectGranted();
    at(5);
    assertThat(unary.isAlive()).isFalse();
  }

  @Test
  @Rule("L2")
  void views_listHoldersAndWaitersInOrder() {
    create("s", 3);
    bela.acquire("s", 2);
    anna.acquire("s", 1);
    bela.acquire("s", 1);
    anna.acquire("s", 2);
    at(4);
    SemaphoreView view = view("s");
    assertThat(view.holders())
        .containsExactly(
            new SemaphoreView.Holder(bela.id.sequence(), "bela", 2),
            new SemaphoreView.Holder(anna.id.sequence(), "anna", 1));
    assertThat(view.waiters())
        .containsExactly(
            new SemaphoreView.Waiting(bela.id.sequence(), "bela", 1, millis(4)),
            new SemaphoreView.Waiting(anna.id.sequence(), "anna", 2, millis(4)));
    assertThat(subject.session(bela.id))
        .isEqualTo(new SessionView(bela.id, "bela", 15_000_000, -1, false, 1, 2, 1));
  }
}
