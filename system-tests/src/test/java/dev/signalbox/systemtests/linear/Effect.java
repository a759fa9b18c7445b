package dev.signalbox.systemtests.linear;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a call does to the counts at its one moment, if its answer is possible there. */
final class Effect {
  private final int maximum;

  Effect(int maximum) {
    this.maximum = maximum;
  }

  /** The counts right after; null: its answer is not possible at these counts. */
  @Nullable List<Integer> after(Attempt call, List<Integer> counts) {
    return switch (call.op()) {
      case RELEASE -> release(call, counts);
      case QUERY -> Objects.equals(count(call, counts), call.current()) ? counts : null;
      case WAIT -> wait(call, counts, List.of(Objects.requireNonNull(call.semaphore())));
      case WAIT_ALL -> wait(call, counts, all(counts));
      case WAIT_ANY -> any(call, counts);
    };
  }

  private @Nullable List<Integer> release(Attempt call, List<Integer> counts) {
    int permits = Objects.requireNonNull(call.permits());
    int before = count(call, counts);
    boolean fits = permits >= 1 && (long) before + permits <= maximum;
    if (call.isHeard() && !call.succeeded()) {
      int due = permits < 1 ? Attempt.INVALID : Attempt.TOO_MANY_POSTS;
      return !fits && Objects.equals(call.error(), due) ? counts : null;
    }
    boolean told = !call.isHeard() || Objects.equals(call.previous(), before);
    return fits && told ? add(counts, Objects.requireNonNull(call.semaphore()), permits) : null;
  }

  /** Takes one of each, or finds one of them empty. */
  private static @Nullable List<Integer> wait(
      Attempt call, List<Integer> counts, List<Integer> semaphores) {
    boolean able = semaphores.stream().allMatch(each -> counts.get(each) > 0);
    if (call.isHeard() && !call.succeeded()) {
      return able ? null : counts;
    }
    List<Integer> after = counts;
    for (int semaphore : semaphores) {
      after = add(after, semaphore, -1);
    }
    return able ? after : null;
  }

  /** Takes one of the first that has one, or finds all of them empty. */
  private static @Nullable List<Integer> any(Attempt call, List<Integer> counts) {
    int first = 0;
    while (first < counts.size() && counts.get(first) == 0) {
      first++;
    }
    boolean able = first < counts.size();
    if (call.isHeard() && !call.succeeded()) {
      return able ? null : counts;
    }
    boolean told = !call.isHeard() || Objects.equals(call.index(), first);
    return able && told ? add(counts, first, -1) : null;
  }

  private static int count(Attempt call, List<Integer> counts) {
    return counts.get(Objects.requireNonNull(call.semaphore()));
  }

  private static List<Integer> all(List<Integer> counts) {
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < counts.size(); i++) {
      all.add(i);
    }
    return all;
  }

  private static List<Integer> add(List<Integer> counts, int semaphore, int permits) {
    List<Integer> after = new ArrayList<>(counts);
    after.set(semaphore, counts.get(semaphore) + permits);
    return after;
  }
}
