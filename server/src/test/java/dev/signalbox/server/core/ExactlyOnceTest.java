package dev.signalbox.server.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.server.Rule;
import dev.signalbox.server.core.Result.Cancelled.Effect;
import org.junit.jupiter.api.Test;

/** Requests that are sent again are answered again, and never carried out again. */
@OnMachineAndModel
class ExactlyOnceTest extends Scenario {
  private final Client anna = session("anna");
  private final Client bela = session("bela");

  ExactlyOnceTest(Contender contender) {
    super(contender);
  }

  @Test
  @Rule("E1")
  void repeatedRelease_isAppliedOnce_withItsPreviousCount() {
    create("s", 0, plain(5));
    Call first = anna.release("s", 2);
    bela.release("s", 1);
    anna.repeat(first).expectReleased(0);
    expect("s", 3, 0, 0);
  }

  @Test
  @Rule("E1")
  void repeatedAcquire_getsTheSameGrant() {
    create("s", 2);
    Call first = anna.acquire("s", 1);
    assertThat(anna.repeat(first).result()).isEqualTo(first.expectGranted());
    expect("s", 1, 1, 0);
  }

  @Test
  @Rule("E1")
  void repeatedAcquire_thatStillWaits_isAnsweredOnceWhenTheFirstIs() {
    create("s", 0, plain(2));
    Call first = anna.acquire("s", 1);
    Call again = anna.repeat(first);
    expect("s", 0, 0, 1);
    bela.release("s", 2);
    first.expectGranted();
    again.expectWaiting();
    expect("s", 1, 1, 0);
  }

  @Test
  @Rule("E1")
  void repeatedRequest_inTheSameEntry_isCarriedOutOnce() {
    create("s", 0, plain(5));
    Operation release = release(signal("s", 1));
    together(() -> {
      anna.ask(1, release);
      anna.ask(1, release);
    });
    expect("s", 1, 0, 0);
  }

  @Test
  @Rule("E1")
  void refusal_isAnAnswerLikeAnyOther() {
    Call early = anna.acquire("s", 1);
    create("s", 1);
    early.expectRefused(Refusal.SEMAPHORE_NOT_FOUND);
    anna.repeat(early).expectRefused(Refusal.SEMAPHORE_NOT_FOUND);
    expect("s", 1, 0, 0);
  }

  @Test
  @Rule("E1")
  void repeatedTimeOutAndCancel_areAnsweredAsTheFirstTime() {
    create("s", 0, plain(1));
    Call late = anna.acquire("s", 1, millis(5));
    at(5);
    Call waits = anna.acquire("s", 1);
    Call cancel = anna.cancel(waits);
    bela.release("s", 1);
    anna.repeat(late).expectTimedOut();
    anna.repeat(waits).expectCancelled();
    anna.repeat(cancel).expectEffect(Effect.CANCELLED);
    expect("s", 1, 0, 0);
  }

  @Test
  @Rule("E1")
  void acknowledgedRequest_isForgottenAndNeverCarriedOutAgain() {
    create("s", 0, plain(9));
    Call first = anna.release("s", 1);
    Call second = anna.release("s", 1);
    Call third = anna.release("s", 1);
    anna.acknowledge(1, 3L);
    anna.repeat(first).expectRefused(Refusal.REQUEST_FORGOTTEN);
    anna.repeat(second).expectReleased(1);
    anna.repeat(third).expectRefused(Refusal.REQUEST_FORGOTTEN);
    expect("s", 3, 0, 0);
  }

  @Test
  @Rule("E1")
  void numberThatWasAcknowledgedBeforeItWasSent_isNotCarriedOut() {
    create("s", 0, plain(9));
    anna.acknowledge(5);
    anna.ask(5, release(signal("s", 1))).expectRefused(Refusal.REQUEST_FORGOTTEN);
    anna.ask(6, release(signal("s", 1))).expectReleased(0);
  }

  @Test
  @Rule({"E1", "A7"})
  void waiterThatWasAcknowledged_isToldButNotKept() {
    create("s", 0, plain(1));
    Call waits = anna.acquire("s", 1);
    anna.acknowledge(waits.number());
    bela.release("s", 1);
    waits.expectGranted();
    anna.repeat(waits).expectRefused(Refusal.REQUEST_FORGOTTEN);
    anna.cancel(waits).expectEffect(Effect.NONE);
  }

  @Test
  @Rule("E1")
  void numbers_mayArriveInAnyOrder() {
    create("s", 0, plain(9));
    anna.ask(7, release(signal("s", 1))).expectReleased(0);
    anna.ask(3, release(signal("s", 1))).expectReleased(1);
    anna.ask(7, release(signal("s", 1))).expectReleased(0);
    expect("s", 2, 0, 0);
  }

  @Test
  @Rule("E1")
  void numberZero_isNeverARepetition_andCannotBeCancelled() {
    create("s", 0, plain(9));
    anna.ask(0, release(signal("s", 1))).expectReleased(0);
    anna.ask(0, release(signal("s", 1))).expectReleased(1);
    expect("s", 2, 0, 0);
  }

  @Test
  @Rule({"E1", "L5"})
  void resume_forgetsWhatIsAnswered_andKeepsTheRest() {
    create("s", 0, plain(9));
    Call arrived = anna.release("s", 1);
    Call lost = anna.release("s", 1);
    anna.resume(4, 2L, 4L);
    anna.repeat(arrived).expectRefused(Refusal.REQUEST_FORGOTTEN);
    anna.repeat(lost).expectReleased(1);
    anna.ask(3, release(signal("s", 1))).expectRefused(Refusal.REQUEST_FORGOTTEN);
    anna.ask(4, release(signal("s", 1))).expectReleased(2);
  }

  @Test
  @Rule({"E1", "Q3"})
  void fullWindow_forgetsTheReplyThatIsOldest() {
    limitWindow(2);
    create("s", 0, plain(9));
    Call first = anna.release("s", 1);
    Call second = anna.release("s", 1);
    Call third = anna.release("s", 1);
    anna.repeat(first).expectRefused(Refusal.REQUEST_FORGOTTEN);
    anna.repeat(second).expectReleased(1);
    anna.repeat(third).expectReleased(2);
    expect("s", 3, 0, 0);
  }

  @Test
  @Rule({"E1", "Q3"})
  void fullWindow_inWhichEverythingWaits_refusesMore() {
    limitWindow(2);
    create("s", 0, plain(9));
    Call waits = anna.acquire("s", 1);
    anna.acquire("s", 1).expectWaiting();
    Call refused = anna.acquire("s", 1);
    refused.expectRefused(Refusal.QUOTA_EXCEEDED, "outstanding_per_session");
    bela.release("s", 1);
    waits.expectGranted();
    anna.repeat(refused).expectWaiting();
    expect("s", 0, 1, 2);
  }

  private void limitWindow(int limit) {
    tell(new Command.Configure(new Limits(9, 9, 9, limit, 9, 9)));
  }
}
