package dev.signalbox.systemtests.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The search is compared with trying every order. */
class CountSearchTest {
  private static final int MAX = 3;
  private static final Line.Semaphore SEMAPHORE = new Line.Semaphore("s", MAX, 1, true, false);
  private static final int CASES = 20_000;

  @Test
  void search_findsAnOrder_ifAndOnlyIfThereIsOne() {
    int legal = 0;
    for (int seed = 0; seed < CASES; seed++) {
      List<Change> changes = changes(new SplittableRandom(seed));
      boolean isLegal = new CountSearch(SEMAPHORE, changes).violations().isEmpty();
      assertThat(isLegal).as("seed %d: %s", seed, changes).isEqualTo(canFollow(1, changes));
      legal += isLegal ? 1 : 0;
    }
    assertThat(legal).as("some of each").isBetween(CASES / 20, CASES * 19 / 20);
  }

  @Test
  void unknownChanges_explainWhatTheyCan_andNoMore() {
    Change maybe = new Change(null, 0, Long.MAX_VALUE, false, 1, 0, MAX - 1);
    Change two = new Change(null, 1, 2, true, 0, 2, 2);
    Change three = new Change(null, 3, 4, true, 0, 3, 3);

    assertThat(new CountSearch(SEMAPHORE, List.of(two)).violations()).isNotEmpty();
    assertThat(new CountSearch(SEMAPHORE, List.of(maybe, two)).violations()).isEmpty();
    assertThat(new CountSearch(SEMAPHORE, List.of(maybe, two, three)).violations()).isNotEmpty();
    assertThat(new CountSearch(SEMAPHORE, List.of(maybe, maybe, two, three)).violations())
        .isEmpty();
  }

  @Test
  void moreCallsAtATimeThanTheSearchCanTell_areUndecided() {
    List<Change> many = new ArrayList<>();
    for (int i = 0; i < 65; i++) {
      many.add(new Change(null, i, 1000 + i, true, 0, 0, MAX));
    }
    assertThat(new CountSearch(SEMAPHORE, many).violations())
        .extracting(Violation::kind)
        .containsExactly(Violation.Kind.UNDECIDED);
  }

  private static List<Change> changes(SplittableRandom random) {
    List<Change> changes = new ArrayList<>();
    int size = 2 + random.nextInt(5);
    for (int i = 0; i < size; i++) {
      int begun = random.nextInt(8);
      int delta = random.nextInt(4) - 1;
      int least = delta < 0 ? 1 : random.nextInt(MAX);
      int most = delta < 0 ? MAX : Math.min(least + random.nextInt(2), MAX - delta);
      boolean certain = random.nextInt(4) > 0;
      int ended = begun + 1 + random.nextInt(6);
      changes.add(
          certain ? new Change(null, begun, ended, true, delta, least, most) : maybe(begun, delta));
    }
    return changes;
  }

  private static Change maybe(int begun, int delta) {
    return new Change(
        null, begun, Long.MAX_VALUE, false, delta, Math.max(0, -delta), MAX - Math.max(0, delta));
  }

  /** Whether the changes, in an order that keeps to their times, lead on from this count. */
  private static boolean canFollow(int count, List<Change> changes) {
    if (changes.stream().noneMatch(Change::certain)) {
      return true;
    }
    return IntStream.range(0, changes.size())
        .anyMatch(i -> canBeFirst(count, changes.get(i), without(changes, i)));
  }

  private static boolean canBeFirst(int count, Change first, List<Change> others) {
    return first.isPossibleAt(count)
        && others.stream().noneMatch(other -> other.certain() && other.ended() < first.begun())
        && canFollow(count + first.delta(), others);
  }

  private static List<Change> without(List<Change> changes, int index) {
    List<Change> others = new ArrayList<>(changes);
    others.remove(index);
    return others;
  }
}
