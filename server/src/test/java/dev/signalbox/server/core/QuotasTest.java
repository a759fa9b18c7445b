package dev.signalbox.server.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.server.Rule;
import org.junit.jupiter.api.Test;

/** The limits that keep memory bounded, each hit and passed again. */
@OnMachineAndModel
@Rule("Q3")
class QuotasTest extends Scenario {
  private final Client anna = session("anna");
  private final Client bela = session("bela");

  QuotasTest(Contender contender) {
    super(contender);
    create("s", 4);
  }

  @Test
  void sessions_areLimited() {
    tell(new Command.Configure(new Limits(2, 9, 9, 9, 9, 9)));
    told();
    tell(new Command.OpenSession("cleo", 15_000_000, -1, false));
    assertThat(told())
        .containsExactly(
            new Outcome.Answer(
                0, null, 0, new Result.Refused(Refusal.QUOTA_EXCEEDED, "sessions", "2")));
    anna.close();
    session("cleo");
  }

  @Test
  void semaphores_areLimited() {
    tell(new Command.Configure(new Limits(9, 2, 9, 9, 9, 9)));
    create("t", 1);
    create("u", 1, plain(1)).expectRefused(Refusal.QUOTA_EXCEEDED, "semaphores");
    create("t", 1, plain(1)).semaphore();
    nobody(delete("t"));
    create("u", 1, plain(1)).semaphore();
  }

  @Test
  void grantsOfASession_areLimited_andWhatItWaitsForCounts() {
    tell(new Command.Configure(new Limits(9, 9, 2, 9, 9, 9)));
    GrantId first = anna.acquire("s", 3).grant();
    Call waits = anna.acquire("s", 2);
    anna.acquire("s", 1).expectRefused(Refusal.QUOTA_EXCEEDED, "grants_per_session");
    anna.drain("s").expectRefused(Refusal.QUOTA_EXCEEDED, "grants_per_session");
    bela.drain("s").expectTimedOut();
    anna.giveBack(first);
    waits.expectGranted();
    anna.acquire("s", 1).expectGranted();
  }

  @Test
  void waiters_areLimited_forThoseThatHaveToWait() {
    tell(new Command.Configure(new Limits(9, 9, 9, 9, 1, 9)));
    create("t", 0, plain(1));
    Call waits = anna.acquire("t", 1);
    bela.acquire("t", 1).expectRefused(Refusal.QUOTA_EXCEEDED, "waiters");
    bela.acquire("t", 1, AT_ONCE).expectTimedOut();
    bela.acquire("s", 1).expectGranted();
    bela.ask(new Operation.ReleaseAndAcquire(release(signal("s", 1)), allOf(FOREVER, part("s", 1))))
        .expectRefused(Refusal.QUOTA_EXCEEDED, "waiters");
    expect("s", 3, 1, 0);
    anna.cancel(waits);
    bela.acquire("t", 1).expectWaiting();
  }

  @Test
  void wills_areLimited() {
    tell(new Command.Configure(new Limits(9, 9, 9, 9, 9, 1)));
    anna.will(1, signal("s", 1)).expectDone();
    anna.will(2, signal("s", 1)).expectRefused(Refusal.QUOTA_EXCEEDED, "wills_per_session");
    anna.will(1, signal("s", 2)).expectDone();
    anna.ask(new Operation.ClearWill(1));
    anna.will(2, signal("s", 1)).expectDone();
  }

  @Test
  void limitThatIsLowered_takesNothingAway() {
    GrantId first = anna.acquire("s", 1).grant();
    anna.acquire("s", 1).expectGranted();
    tell(new Command.Configure(new Limits(1, 1, 1, 9, 1, 1)));
    expect("s", 2, 2, 0);
    anna.giveBack(first).expectReleased(2);
    anna.acquire("s", 1).expectRefused(Refusal.QUOTA_EXCEEDED, "grants_per_session");
  }
}
