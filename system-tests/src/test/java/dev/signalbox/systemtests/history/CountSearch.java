package dev.signalbox.systemtests.history;

import dev.signalbox.systemtests.history.Violation.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Looks for an order of one semaphore's changes, each between its begin and its end, in which all
 * are possible: a linearization, found in the manner of Wing and Gong with memory, each change as
 * late as can be. It goes through begins and ends in the order of time and keeps every state that
 * the semaphore may be in; at an end, what has to happen before it does so in every possible way.
 * So states tell only those changes apart that are open, and one search goes through any number of
 * calls. Uncertain changes of one size are all alike; a state has the number that happened.
 */
final class CountSearch {
  private static final int MOST_OPEN = Long.SIZE;
  private static final int MOST_STATES = 2_000_000;

  private final Line.Semaphore semaphore;
  private final List<Moment> moments;

  /** Certain changes that have begun and not ended; the index is their bit in a state. */
  private final @Nullable Change[] open = new @Nullable Change[MOST_OPEN];

  /** Uncertain changes that have begun: one of each size, and how many there are. */
  private final List<Change> sizes = new ArrayList<>();

  private final List<Integer> offered = new ArrayList<>();
  private Set<CountState> states;

  CountSearch(Line.Semaphore semaphore, List<Change> changes) {
    this.semaphore = semaphore;
    this.moments = changes.stream().flatMap(Moment::of).sorted(Moment.ORDER).toList();
    this.states = Set.of(new CountState(0, semaphore.initial(), List.of()));
  }

  /** The first change that cannot be explained; empty if all can. */
  List<Violation> violations() {
    for (Moment moment : moments) {
      Set<CountState> before = states;
      Kind trouble = moment.isEnd() ? end(moment.change()) : begin(moment.change());
      if (trouble != null) {
        return List.of(violation(trouble, moment.change(), before));
      }
    }
    return List.of();
  }

  private @Nullable Kind begin(Change change) {
    if (!change.certain()) {
      offer(change);
      return null;
    }
    int bit = bitOf(null);
    if (bit < 0) {
      return Kind.UNDECIDED;
    }
    open[bit] = change;
    return null;
  }

  private void offer(Change change) {
    for (int i = 0; i < sizes.size(); i++) {
      if (sizes.get(i).delta() == change.delta()) {
        offered.set(i, offered.get(i) + 1);
        return;
      }
    }
    sizes.add(change);
    offered.add(1);
  }

  private @Nullable Kind end(Change change) {
    int bit = bitOf(change);
    Set<CountState> after = allWith(bit);
    if (after == null) {
      return Kind.UNDECIDED;
    }
    open[bit] = null;
    states = after;
    return after.isEmpty() ? Kind.IMPOSSIBLE_COUNT : null;
  }

  /** Equal changes are as good as one another. */
  private int bitOf(@Nullable Change change) {
    for (int bit = 0; bit < open.length; bit++) {
      if (Objects.equals(open[bit], change)) {
        return bit;
      }
    }
    return -1;
  }

  /** Every state in which the change of this bit has just happened; null: too many to say. */
  private @Nullable Set<CountState> allWith(int bit) {
    Set<CountState> with = new HashSet<>();
    Set<CountState> seen = new HashSet<>(states);
    Deque<CountState> left = new ArrayDeque<>(states);
    while (!left.isEmpty() && seen.size() <= MOST_STATES) {
      CountState state = left.pop();
      if (state.has(bit)) {
        with.add(state.without(bit));
      } else {
        next(state).filter(seen::add).forEach(left::push);
      }
    }
    return left.isEmpty() ? with : null;
  }

  private Stream<CountState> next(CountState state) {
    List<CountState> next = new ArrayList<>();
    for (int bit = 0; bit < open.length; bit++) {
      Change change = open[bit];
      if (change != null && !state.has(bit) && change.isPossibleAt(state.count())) {
        next.add(state.with(bit, change.delta()));
      }
    }
    for (int i = 0; i < sizes.size(); i++) {
      Change change = sizes.get(i);
      if (state.used(i) < offered.get(i) && change.isPossibleAt(state.count())) {
        next.add(state.using(i, change.delta()));
      }
    }
    return next.stream();
  }

  private Violation violation(Kind kind, Change change, Set<CountState> before) {
    List<Integer> counts = before.stream().map(CountState::count).distinct().sorted().toList();
    String what = change.call() == null ? "a count of " + change.least() + " at the end" : "a call";
    List<Call> calls =
        Stream.concat(Stream.of(change), Stream.of(open))
            .filter(Objects::nonNull)
            .map(Change::call)
            .filter(Objects::nonNull)
            .distinct()
            .toList();
    return new Violation(
        kind,
        what + " of " + semaphore.name() + ", whose count could be " + counts + " before the open",
        calls);
  }

  /** A begin or an end. At one instant begins come first: calls that touch may overlap. */
  private record Moment(long at, boolean isEnd, Change change) {
    static final Comparator<Moment> ORDER =
        Comparator.comparingLong(Moment::at).thenComparing(Moment::isEnd);

    static Stream<Moment> of(Change change) {
      Moment begin = new Moment(change.begun(), false, change);
      return change.certain()
          ? Stream.of(begin, new Moment(change.ended(), true, change))
          : Stream.of(begin);
    }
  }
}
