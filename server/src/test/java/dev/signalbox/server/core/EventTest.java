package dev.signalbox.server.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.server.Rule;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events: set, reset, and whom they let through. */
@OnMachineAndModel
class EventTest extends Scenario {
  private final Client anna = session("anna");
  private final Client bela = session("bela");
  private final Client cleo = session("cleo");

  EventTest(Contender contender) {
    super(contender);
  }

  @BeforeEach
  void events() {
    create("auto", 0, autoReset());
    create("manual", 0, manualReset());
  }

  private Call set(String event) {
    return nobody(release(signal(event, 1)));
  }

  private Call reset(String event) {
    return nobody(new Operation.ResetEvent(event));
  }

  @Test
  @Rule("V1")
  void event_isNeverHeld() {
    create("set", 1, autoReset());
    Result.Granted granted = anna.acquire("set", 1).expectGranted();
    assertThat(granted.id()).isNull();
    assertThat(granted.parts())
        .containsExactly(new Result.GrantedPart(0, "set", 1, true, List.of()));
    expect("set", 0, 0, 0);
    anna.close();
    expect("set", 0, 0, 0);
  }

  @Test
  @Rule("V1")
  void acquireOfAnEvent_forMoreThanOne_orResize_isRefused() {
    anna.acquire("auto", 2).expectRefused(Refusal.INVALID_FIELD, "parts[0].permits");
    anna.ask(release(signal("auto", 2)))
        .expectRefused(Refusal.INVALID_FIELD, "items[0].signal.permits", 0);
    nobody(resize("auto", 1)).expectRefused(Refusal.INVALID_FIELD, "max_count");
    nobody(new Operation.UpdateSemaphore("manual", -1, new Refill(1, 1_000), -1))
        .expectRefused(Refusal.INVALID_FIELD, "refill");
    nobody(new Operation.UpdateSemaphore("manual", -1, null, 1_000_000)).semaphore();
  }

  @Test
  @Rule({"V1", "O2"})
  void create_withTheOtherWayOfReset_isAnotherConfiguration_thatItCannotBecome() {
    nobody(creation("auto", 1, autoReset(), IfExists.FAIL)).semaphore();
    nobody(creation("auto", 0, manualReset(), IfExists.FAIL))
        .expectRefused(Refusal.SEMAPHORE_EXISTS, "auto");
    nobody(creation("auto", 0, manualReset(), IfExists.UPDATE))
        .expectRefused(Refusal.SEMAPHORE_EXISTS, "auto");
    Result.SemaphoreResult opened =
        nobody(creation("auto", 1, manualReset(), IfExists.OPEN)).semaphore();
    assertThat(opened.semaphore().config().manualReset()).isFalse();
    assertThat(opened.semaphore().count()).isZero();
  }

  @Test
  @Rule("V2")
  void set_saysWhetherItWasSet_andIsNoOverflow() {
    set("auto").expectReleased(0);
    set("auto").expectReleased(1);
    set("manual").expectReleased(0);
    set("manual").expectReleased(1);
    expect("auto", 1, 0, 0);
    anna.acquire("auto", 1, AT_ONCE).expectGranted();
    anna.acquire("auto", 1, AT_ONCE).expectTimedOut();
  }

  @Test
  @Rule({"V2", "A3"})
  void set_ofAutoReset_letsOneThrough_inOrder() {
    Call first = anna.acquire("auto", 1);
    Call second = bela.acquire("auto", 1);
    set("auto").expectReleased(0);
    first.expectGranted();
    second.expectWaiting();
    expect("auto", 0, 0, 1);
    set("auto").expectReleased(0);
    second.expectGranted();
    expect("auto", 0, 0, 0);
  }

  @Test
  @Rule({"V2", "R3"})
  void set_twiceInOneRelease_setsOnce_andARefusalUndoesIt() {
    create("full", 1);
    nobody(release(signal("auto", 1), signal("full", 1)))
        .expectRefused(Refusal.TOO_MANY_POSTS, "full", 1);
    expect("auto", 0, 0, 0);
    Call first = anna.acquire("auto", 1);
    Call second = bela.acquire("auto", 1);
    assertThat(nobody(release(signal("auto", 1), signal("auto", 1))).items())
        .extracting(Result.ItemResult::previousCounts)
        .containsExactly(List.of(0), List.of(1));
    first.expectGranted();
    second.expectWaiting();
  }

  @Test
  @Rule({"V2", "L8"})
  void set_inALastWill_isNoOverflowEither() {
    create("s", 0, plain(1));
    set("auto").expectReleased(0);
    anna.will(1, signal("auto", 1), signal("s", 1), signal("manual", 1)).expectDone();
    anna.expire();
    expect("auto", 1, 0, 0);
    expect("s", 1, 0, 0);
    expect("manual", 1, 0, 0);
  }

  @Test
  @Rule({"V2", "A6"})
  void set_inAReleaseAndAcquire_servesWhoeverWaitedBefore() {
    Call before = bela.acquire("auto", 1);
    Call own =
        anna.ask(
            new Operation.ReleaseAndAcquire(
                release(signal("auto", 1)), allOf(FOREVER, part("auto", 1))));
    before.expectGranted();
    own.expectWaiting();
    Call both =
        cleo.ask(
            new Operation.ReleaseAndAcquire(
                release(signal("manual", 1)), allOf(AT_ONCE, part("manual", 1))));
    both.expectGranted();
    expect("manual", 1, 0, 0);
  }

  @Test
  @Rule("V3")
  void set_ofManualReset_letsEverybodyThrough_inOrder_untilItIsReset() {
    List<Call> waiting = new ArrayList<>();
    for (Client client : List.of(anna, bela, cleo)) {
      waiting.add(client.acquire("manual", 1));
    }
    told();
    set("manual").expectReleased(0);
    waiting.forEach(Call::expectGranted);
    assertThat(told())
        .filteredOn(outcome -> ((Outcome.Answer) outcome).session() != null)
        .extracting(outcome -> ((Outcome.Answer) outcome).session())
        .containsExactly(anna.id, bela.id, cleo.id);
    expect("manual", 1, 0, 0);
    anna.acquire("manual", 1, AT_ONCE).expectGranted();
    reset("manual").expectReset(1);
    anna.acquire("manual", 1, AT_ONCE).expectTimedOut();
  }

  @Test
  @Rule({"V3", "A4"})
  void eventOfManualReset_hasEnoughForAll_soNobodyStandsInTheWayThere() {
    create("s", 0, plain(1));
    Call both = anna.ask(allOf(FOREVER, part("manual", 1), part("s", 1)));
    Call behind = bela.acquire("manual", 1);
    set("manual");
    both.expectWaiting();
    behind.expectGranted();
    cleo.acquire("manual", 1, AT_ONCE).expectGranted();
    nobody(release(signal("s", 1)));
    both.expectGranted();
    expect("manual", 1, 0, 0);
  }

  @Test
  @Rule({"V3", "A4"})
  void waiterForTwoThings_isServedWhenTheSecondComes_whicheverThatIs() {
    create("s", 0, plain(1));
    Call one = anna.ask(allOf(FOREVER, part("manual", 1), part("s", 1)));
    Call two = bela.ask(allOf(FOREVER, part("manual", 1), part("auto", 1)));
    Call greedy = cleo.ask(opportunistic(FOREVER, part("manual", 1), part("s", 1)));
    nobody(release(signal("s", 1), signal("auto", 1)));
    one.expectWaiting();
    two.expectWaiting();
    set("manual");
    one.expectGranted();
    two.expectGranted();
    greedy.expectWaiting();
    nobody(release(signal("s", 1)));
    greedy.expectGranted();
  }

  @Test
  @Rule("V4")
  void reset_saysWhetherItWasSet_andTakesTheSignalAway() {
    reset("auto").expectReset(0);
    set("auto");
    anna.ask(new Operation.ResetEvent("auto")).expectReset(1);
    expect("auto", 0, 0, 0);
    reset("manual").expectReset(0);
  }

  @Test
  @Rule("V4")
  void reset_ofAnythingButAnEvent_isRefused() {
    create("s", 1);
    create("m", 1, mutex());
    reset("s").expectRefused(Refusal.WRONG_KIND, "s");
    reset("m").expectRefused(Refusal.WRONG_KIND, "m");
    reset("missing").expectRefused(Refusal.SEMAPHORE_NOT_FOUND, "missing");
    expect("s", 1, 0, 0);
  }

  @Test
  @Rule({"V4", "E1"})
  void reset_thatIsRepeated_getsItsFirstAnswer() {
    set("auto");
    Call first = anna.ask(new Operation.ResetEvent("auto"));
    set("auto");
    anna.repeat(first).expectReset(1);
    expect("auto", 1, 0, 0);
  }

  @Test
  @Rule({"V4", "O5"})
  void reset_isARequestThatKeepsTheNameFromExpiring() {
    SemaphoreConfig config = new SemaphoreConfig(Kind.EVENT, 1, false, false, null, 1_000_000);
    create("brief", 0, config);
    at(900);
    reset("brief").expectReset(0);
    at(1_800);
    assertThat(exists("brief")).isTrue();
    at(1_900);
    assertThat(exists("brief")).isFalse();
  }

  @Test
  @Rule({"V5", "A4", "M3"})
  void allOfEveryKind_isServedWhenAllIsThere_andHoldsWhatCanBeHeld() {
    create("s", 2);
    create("m", 1, mutex());
    Client owner = session("owner");
    owner.acquire("m", 1).expectGranted();
    Call all =
        anna.ask(allOf(FOREVER, part("auto", 1), part("m", 1), part("s", 2), part("manual", 1)));
    set("auto");
    set("manual");
    all.expectWaiting();
    expect("auto", 1, 0, 1);
    owner.expire();
    Result.Granted granted = all.expectGranted();
    assertThat(granted.parts())
        .extracting(Result.GrantedPart::consumed)
        .containsExactly(true, false, false, true);
    assertThat(granted.parts())
        .extracting(Result.GrantedPart::abandoned)
        .containsExactly(false, true, false, false);
    expect("auto", 0, 0, 0);
    expect("manual", 1, 0, 0);
    expect("m", 0, 1, 0);
    anna.giveBack(all.grant()).expectReleased(0, 0);
  }

  @Test
  @Rule({"V5", "A5"})
  void anyOfEveryKind_takesTheFirstListedThatIsThere() {
    create("m", 1, mutex());
    Operation.Acquire any = anyOf(FOREVER, part("auto", 1), part("manual", 1), part("m", 1));
    assertThat(anna.ask(any).expectGranted().parts().get(0).index()).isEqualTo(2);
    Call waits = bela.ask(any).expectWaiting();
    set("manual");
    assertThat(waits.expectGranted().parts().get(0).index()).isEqualTo(1);
    expect("auto", 0, 0, 0);
    expect("m", 0, 1, 0);
  }

  @Test
  @Rule({"V5", "O7"})
  void drain_isAnAcquireThatDoesNotWait() {
    anna.drain("auto").expectTimedOut();
    set("auto");
    set("manual");
    assertThat(anna.drain("auto").expectGranted().parts().get(0).consumed()).isTrue();
    anna.drain("manual").expectGranted();
    expect("auto", 0, 0, 0);
    expect("manual", 1, 0, 0);
  }
}
