package dev.signalbox.systemtests.history;

import dev.signalbox.client.GrantedPart;
import dev.signalbox.systemtests.history.Ask.Give;
import dev.signalbox.systemtests.history.Ask.Want;
import dev.signalbox.systemtests.history.Outcome.Gave;
import dev.signalbox.systemtests.history.Outcome.Got;
import dev.signalbox.systemtests.history.Violation.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A way to turn a legal history into one that no service can have given that keeps its word. */
enum Corruption {
  GRANT_OF_ANOTHER_CALL(Kind.GRANTED_TWICE, 4),
  ONE_HOLDER_TOO_MANY(Kind.TOO_MANY_HOLDERS, 4),
  SLOT_OF_ANOTHER_HOLDER(Kind.SLOT_SHARED, 6),
  EPOCH_OF_AN_EARLIER_HOLDER(Kind.STALE_EPOCH, 4),
  EPOCH_GOES_BACK(Kind.STALE_EPOCH, 4),
  RELEASE_CARRIED_OUT_TWICE(Kind.RELEASED_TWICE, 4),
  GRANT_FORGOTTEN(Kind.GRANT_LOST, 4),
  PREVIOUS_COUNT_TOO_HIGH(Kind.IMPOSSIBLE_COUNT, 1),
  PREVIOUS_COUNT_TOO_LOW(Kind.IMPOSSIBLE_COUNT, 1),
  PREVIOUS_COUNT_WITHOUT_HOLDERS(Kind.IMPOSSIBLE_COUNT, 4),
  SIGNAL_LOST(Kind.IMPOSSIBLE_COUNT, 4),
  SIGNAL_APPLIED_TWICE(Kind.IMPOSSIBLE_COUNT, 4),
  CONSUMED_TWICE(Kind.IMPOSSIBLE_COUNT, 4),
  REFUSED_WITHOUT_REASON(Kind.IMPOSSIBLE_COUNT, 1),
  TIMED_OUT_WITHOUT_REASON(Kind.IMPOSSIBLE_COUNT, 1),
  SERVED_OUT_OF_NOTHING(Kind.IMPOSSIBLE_COUNT, 1),
  ANSWER_TO_ANOTHER_QUESTION(Kind.WRONG_ANSWER, 4),
  PERMIT_MISSING_AT_THE_END(Kind.WRONG_END, 4),
  SIGNAL_TOO_MANY_AT_THE_END(Kind.IMPOSSIBLE_COUNT, 4);

  private static final long LATE = 1_000_000;

  private final Kind found;
  private final int threads;

  /**
   * One corruption.
   *
   * @param found what it must be found as
   * @param threads how many threads the legal history is to have; of one thread every count is
   *     known exactly, while of several a changed one may happen to be right
   */
  Corruption(Kind found, int threads) {
    this.found = found;
    this.threads = threads;
  }

  Kind found() {
    return found;
  }

  int threads() {
    return threads;
  }

  /** Every way to do it to a history; none if nothing of the kind occurs in it. */
  List<History> all(History history) {
    return ways(history).toList();
  }

  private Stream<History> ways(History history) {
    return switch (this) {
      case GRANT_OF_ANOTHER_CALL -> grantTwice(history);
      case ONE_HOLDER_TOO_MANY -> enterBesides(history);
      case SLOT_OF_ANOTHER_HOLDER -> shareSlot(history);
      case EPOCH_OF_AN_EARLIER_HOLDER -> epoch(history, epoch -> epoch);
      case EPOCH_GOES_BACK -> epoch(history, epoch -> epoch - 1);
      case RELEASE_CARRIED_OUT_TWICE -> releaseTwice(history);
      case GRANT_FORGOTTEN -> forgetGrant(history);
      case PREVIOUS_COUNT_TOO_HIGH -> previous(history, 1);
      case PREVIOUS_COUNT_TOO_LOW -> previous(history, -1);
      case PREVIOUS_COUNT_WITHOUT_HOLDERS -> previousOfAll(history);
      case SIGNAL_LOST -> addSignal(history);
      case SIGNAL_APPLIED_TWICE -> hideSignal(history);
      case CONSUMED_TWICE -> hideAcquire(history);
      case REFUSED_WITHOUT_REASON -> refuse(history);
      case TIMED_OUT_WITHOUT_REASON -> timeOut(history);
      case SERVED_OUT_OF_NOTHING -> serve(history);
      case ANSWER_TO_ANOTHER_QUESTION -> mixUp(history);
      case PERMIT_MISSING_AT_THE_END -> end(history, "three", -1);
      case SIGNAL_TOO_MANY_AT_THE_END -> end(history, "a", 1);
    };
  }

  private static Stream<History> grantTwice(History history) {
    List<Call> grants = calls(history).filter(Corruption::holds).toList();
    return pairs(grants)
        .map(pair -> {
          Got got = new Got(grant(pair.get(0)), got(pair.get(1)).parts());
          return replace(history, pair.get(1), told(pair.get(1), Outcome.ok(List.of(), got)));
        });
  }

  private static Stream<History> enterBesides(History history) {
    return holdings(history)
        .filter(holding -> holding.part().semaphore().equals("one"))
        .map(holding -> {
          Got got = new Got("other", List.of(holding.part()));
          Outcome outcome = Outcome.ok(List.of(), got);
          Call call =
              new Call(
                  "q",
                  1,
                  0,
                  holding.from() - 1,
                  holding.from(),
                  Ask.acquire(Want.of("one", 1)),
                  outcome);
          return plusHeld(plus(history, call), "other", holding.until());
        });
  }

  private static Stream<History> shareSlot(History history) {
    List<Holding> numbered =
        holdings(history).filter(holding -> holding.part().slots().size() == 1).toList();
    return numbered.stream()
        .flatMap(one ->
            numbered.stream()
                .filter(other -> !other.equals(one) && other.overlaps(one))
                .map(other -> numbered(history, other.call(), one.part().slots(), LATE)));
  }

  private static Stream<History> epoch(History history, Function<Long, Long> change) {
    List<Holding> numbered =
        holdings(history).filter(holding -> holding.part().slots().size() == 1).toList();
    return numbered.stream()
        .flatMap(one ->
            numbered.stream()
                .filter(other -> other.part().slots().equals(one.part().slots()))
                .filter(other -> other.call().begun() > one.call().ended())
                .map(other ->
                    numbered(
                        history,
                        other.call(),
                        one.part().slots(),
                        change.apply(one.part().epochs().get(0)))));
  }

  private static Stream<History> releaseTwice(History history) {
    return calls(history)
        .filter(call -> !Holding.givenBack(call).isEmpty())
        .map(call -> plus(history, again(call, call.outcome())));
  }

  private static Stream<History> forgetGrant(History history) {
    Gave gave = new Gave(false, "NO_LONGER_KNOWN", List.of());
    return calls(history)
        .filter(call -> !Holding.givenBack(call).isEmpty())
        .map(call -> replace(history, call, told(call, Outcome.ok(List.of(gave), null))));
  }

  private static Stream<History> previous(History history, int difference) {
    return signals(history)
        .map(call -> replace(history, call, told(call, shifted(call, difference))));
  }

  private static Outcome shifted(Call call, int difference) {
    return Outcome.ok(List.of(new Gave(true, null, List.of(previous(call) + difference))), null);
  }

  private static Stream<History> previousOfAll(History history) {
    return calls(history)
        .filter(call -> !Holding.givenBack(call).isEmpty())
        .map(call -> replace(history, call, told(call, withoutHolders(history, call))));
  }

  /** As if the grant had been given back before. */
  private static Outcome withoutHolders(History history, Call call) {
    List<Integer> counts =
        calls(history)
            .filter(other -> holds(other) && call.givesBack().contains(grant(other)))
            .flatMap(other -> got(other).parts().stream())
            .map(part -> SimulatedService.max(part.semaphore()))
            .toList();
    return Outcome.ok(List.of(new Gave(true, null, counts)), null);
  }

  /** A signal that was confirmed, and had no effect. */
  private static Stream<History> addSignal(History history) {
    return signals(history)
        .filter(call -> previous(call) + 2 * permits(call) <= SimulatedService.max(signalled(call)))
        .map(call -> plus(history, again(call, shifted(call, permits(call)))));
  }

  /** A signal of which nobody was told. */
  private static Stream<History> hideSignal(History history) {
    return signals(history).map(call -> minus(history, call));
  }

  /** An acquire of which nobody was told. */
  private static Stream<History> hideAcquire(History history) {
    return consumers(history).filter(call -> call.got() != null).map(call -> minus(history, call));
  }

  private static Stream<History> refuse(History history) {
    Outcome refused = Outcome.notDone("TOO_MANY_POSTS");
    return signals(history).map(call -> replace(history, call, told(call, refused)));
  }

  private static Stream<History> timeOut(History history) {
    return consumers(history)
        .filter(call -> call.got() != null)
        .map(call -> replace(history, call, told(call, Outcome.ok(List.of(), null))));
  }

  private static Stream<History> serve(History history) {
    return consumers(history)
        .filter(call -> call.outcome().isOk() && call.got() == null)
        .map(call -> replace(history, call, told(call, Outcome.ok(List.of(), consumed(call)))));
  }

  private static Got consumed(Call call) {
    Ask.Part part = want(call).parts().get(0);
    return new Got(
        "", List.of(new GrantedPart(part.semaphore(), 1, true, List.of(), List.of(), false)));
  }

  private static Stream<History> mixUp(History history) {
    return pairs(calls(history).filter(Corruption::holds).toList())
        .filter(pair -> !want(pair.get(0)).parts().containsAll(want(pair.get(1)).parts()))
        .filter(pair -> !want(pair.get(1)).parts().containsAll(want(pair.get(0)).parts()))
        .map(pair ->
            replace(
                replace(history, pair.get(0), told(pair.get(0), pair.get(1).outcome())),
                pair.get(1),
                told(pair.get(1), pair.get(0).outcome())));
  }

  private static Stream<History> end(History history, String name, int difference) {
    List<Line.End> ends =
        history.ends().stream()
            .map(end -> end.name().equals(name) ? shifted(end, difference) : end)
            .toList();
    return Stream.of(
        new History(
            history.semaphores(), history.calls(), history.held(), history.sessions(), ends));
  }

  private static Line.End shifted(Line.End end, int difference) {
    int count = end.count() + difference;
    return new Line.End(end.begun(), end.ended(), end.name(), count, end.max(), 0, 0);
  }

  private static Stream<Call> calls(History history) {
    return history.calls().stream();
  }

  private static Stream<Holding> holdings(History history) {
    return Holding.all(history).stream().filter(holding -> holding.from() < holding.until());
  }

  private static Stream<Call> signals(History history) {
    return calls(history)
        .filter(call -> call.outcome().isOk() && call.ask().want() == null)
        .filter(call -> call.ask().gives().get(0).semaphore() != null);
  }

  private static Stream<Call> consumers(History history) {
    return calls(history)
        .filter(call -> call.ask().want() != null && want(call).consume())
        .filter(call -> want(call).parts().size() == 1);
  }

  private static Stream<List<Call>> pairs(List<Call> calls) {
    return IntStream.range(1, calls.size()).mapToObj(i -> calls.subList(i - 1, i + 1));
  }

  private static boolean holds(Call call) {
    return call.got() != null && !call.got().grant().isEmpty();
  }

  private static Got got(Call call) {
    return Objects.requireNonNull(call.got());
  }

  private static String grant(Call call) {
    return got(call).grant();
  }

  private static Want want(Call call) {
    return Objects.requireNonNull(call.ask().want());
  }

  private static int previous(Call call) {
    return call.outcome().gave().get(0).previous().get(0);
  }

  private static int permits(Call call) {
    return signal(call).permits();
  }

  private static String signalled(Call call) {
    return Objects.requireNonNull(signal(call).semaphore());
  }

  private static Give signal(Call call) {
    return call.ask().gives().get(0);
  }

  private static History numbered(History history, Call call, List<Integer> slots, long epoch) {
    List<GrantedPart> parts =
        got(call).parts().stream()
            .map(part ->
                part.slots().isEmpty()
                    ? part
                    : new GrantedPart(part.semaphore(), 1, false, slots, List.of(epoch), false))
            .toList();
    return replace(history, call, told(call, Outcome.ok(List.of(), new Got(grant(call), parts))));
  }

  private static Call told(Call call, Outcome outcome) {
    return new Call(
        call.process(),
        call.number(),
        call.thread(),
        call.begun(),
        call.ended(),
        call.ask(),
        outcome);
  }

  private static Call again(Call call, Outcome outcome) {
    return new Call(
        "q", call.number(), call.thread(), call.ended(), call.ended() + 1, call.ask(), outcome);
  }

  private static History replace(History history, Call old, Call by) {
    return plus(minus(history, old), by);
  }

  private static History minus(History history, Call call) {
    return with(history, calls(history).filter(other -> !other.equals(call)));
  }

  private static History plus(History history, Call call) {
    return with(history, Stream.concat(calls(history), Stream.of(call)));
  }

  private static History with(History history, Stream<Call> calls) {
    return new History(
        history.semaphores(), calls.toList(), history.held(), history.sessions(), history.ends());
  }

  private static History plusHeld(History history, String grant, long until) {
    Map<String, Long> held = new HashMap<>(history.held());
    held.put(grant, until);
    return new History(
        history.semaphores(), history.calls(), held, history.sessions(), history.ends());
  }
}
