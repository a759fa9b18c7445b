package dev.signalbox.systemtests.linear;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Looks for an order of all calls, each at one moment between its begin and its end, in which every
 * answer is right: a linearization, after Wing and Gong, with memory. It goes through begins and
 * ends in their order and keeps every point where the search may stand; a call that ends must have
 * had its moment by then. Calls that nobody heard of have theirs at any time after their begin, or
 * never; those that ask for the same are all alike.
 */
public final class LinearSearch {
  private static final int MOST_OPEN = Long.SIZE;
  private static final int MOST_POINTS = 2_000_000;

  private final Concurrent history;
  private final Effect effect;
  private final @Nullable Attempt[] open = new @Nullable Attempt[MOST_OPEN];
  private final List<Attempt> kinds = new ArrayList<>();
  private final List<Integer> offered = new ArrayList<>();
  private Set<Point> points;

  private LinearSearch(Concurrent history) {
    this.history = history;
    this.effect = new Effect(history.maximum());
    List<Integer> counts = new ArrayList<>();
    for (int i = 0; i < history.semaphores(); i++) {
      counts.add(history.initial());
    }
    points = Set.of(new Point(0, counts, List.of()));
  }

  /**
   * What cannot be explained: the first call without a possible moment, or the counts at the end.
   * Empty: there is a legal order.
   *
   * @throws IllegalStateException if there are too many possibilities to say
   */
  public static List<String> violations(Concurrent history) {
    return new LinearSearch(history).search();
  }

  private List<String> search() {
    for (Moment moment : moments()) {
      if (!moment.isEnd()) {
        begin(moment.call());
      } else if (!end(moment.call())) {
        return List.of("no moment for " + moment.call());
      }
    }
    boolean asLeft = reachable().stream().anyMatch(this::isAsLeft);
    return asLeft ? List.of() : List.of("counts at the end cannot be " + history.counts());
  }

  private boolean isAsLeft(Point point) {
    return point.counts().equals(history.counts());
  }

  private List<Moment> moments() {
    return history.calls().stream().flatMap(Moment::of).sorted(Moment.ORDER).toList();
  }

  private void begin(Attempt call) {
    if (call.isHeard()) {
      open[bitOf(null)] = call;
    } else {
      offer(call);
    }
  }

  private void offer(Attempt call) {
    for (int kind = 0; kind < kinds.size(); kind++) {
      if (asksForTheSame(kinds.get(kind), call)) {
        offered.set(kind, offered.get(kind) + 1);
        return;
      }
    }
    kinds.add(call);
    offered.add(1);
  }

  private static boolean asksForTheSame(Attempt one, Attempt other) {
    return one.op() == other.op()
        && Objects.equals(one.semaphore(), other.semaphore())
        && Objects.equals(one.permits(), other.permits());
  }

  /** Whether the call can have had its moment by now; only where it had it is searched on. */
  private boolean end(Attempt call) {
    int bit = bitOf(call);
    Set<Point> with = new HashSet<>();
    explore(point -> {
      if (point.has(bit)) {
        with.add(point.without(bit));
      }
      return !point.has(bit);
    });
    open[bit] = null;
    points = with;
    return !with.isEmpty();
  }

  private Set<Point> reachable() {
    Set<Point> all = new HashSet<>();
    explore(all::add);
    return all;
  }

  /** Goes wherever open calls can lead; beyond a point only where the visitor says so. */
  private void explore(Visitor visitor) {
    Set<Point> seen = new HashSet<>(points);
    Deque<Point> left = new ArrayDeque<>(points);
    while (!left.isEmpty()) {
      Point point = left.pop();
      if (visitor.goesOn(point)) {
        next(
            point,
            each -> {
              if (seen.add(each)) {
                left.push(each);
              }
            });
      }
      if (seen.size() > MOST_POINTS) {
        throw new IllegalStateException("too many possibilities");
      }
    }
  }

  private void next(Point point, Consumer<Point> to) {
    for (int bit = 0; bit < open.length; bit++) {
      Attempt call = open[bit];
      if (call != null && !point.has(bit)) {
        List<Integer> after = effect.after(call, point.counts());
        if (after != null) {
          to.accept(point.with(bit, after));
        }
      }
    }
    for (int kind = 0; kind < kinds.size(); kind++) {
      if (point.used(kind) < offered.get(kind)) {
        List<Integer> after = effect.after(kinds.get(kind), point.counts());
        if (after != null) {
          to.accept(point.using(kind, after));
        }
      }
    }
  }

  /** Equal calls are as good as one another; null finds a free place. */
  private int bitOf(@Nullable Attempt call) {
    for (int bit = 0; bit < open.length; bit++) {
      if (Objects.equals(open[bit], call)) {
        return bit;
      }
    }
    throw new IllegalStateException("more than " + MOST_OPEN + " calls at once");
  }

  /** Looks at a point. */
  @FunctionalInterface
  private interface Visitor {
    boolean goesOn(Point point);
  }

  /** A begin or an end. Where numbers are equal begins come first: the calls may overlap. */
  private record Moment(long at, boolean isEnd, Attempt call) {
    static final Comparator<Moment> ORDER =
        Comparator.comparingLong(Moment::at).thenComparing(Moment::isEnd);

    static Stream<Moment> of(Attempt call) {
      Moment begin = new Moment(call.begun(), false, call);
      return call.isHeard()
          ? Stream.of(begin, new Moment(call.end(), true, call))
          : Stream.of(begin);
    }
  }
}
