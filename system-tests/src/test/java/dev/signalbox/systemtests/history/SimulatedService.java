package dev.signalbox.systemtests.history;

import dev.signalbox.client.GrantedPart;
import dev.signalbox.systemtests.history.Ask.Give;
import dev.signalbox.systemtests.history.Ask.Mode;
import dev.signalbox.systemtests.history.Ask.Part;
import dev.signalbox.systemtests.history.Ask.Want;
import dev.signalbox.systemtests.history.Outcome.Gave;
import dev.signalbox.systemtests.history.Outcome.Got;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The smallest service that keeps the contract: one step at a time, and nobody queues. */
final class SimulatedService {
  static final List<Line.Semaphore> SEMAPHORES =
      List.of(
          new Line.Semaphore("one", 1, 1, false, false),
          new Line.Semaphore("three", 3, 3, false, false),
          new Line.Semaphore("slots", 3, 3, false, true),
          new Line.Semaphore("a", 3, 0, true, false),
          new Line.Semaphore("b", 6, 2, true, false));

  private final Map<String, Integer> counts = new HashMap<>();
  private final Map<String, Got> grants = new HashMap<>();
  private final boolean[] taken = new boolean[3];
  private final long[] epochs = new long[3];
  private int granted;

  SimulatedService() {
    SEMAPHORES.forEach(semaphore -> counts.put(semaphore.name(), semaphore.initial()));
  }

  static int max(String name) {
    return SEMAPHORES.stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow().max();
  }

  int count(String name) {
    return Objects.requireNonNull(counts.get(name));
  }

  long held(String name) {
    return grants.values().stream()
        .flatMap(grant -> grant.parts().stream())
        .filter(part -> part.semaphore().equals(name))
        .mapToLong(GrantedPart::permits)
        .sum();
  }

  /** Null: it is not to be had now. */
  @Nullable Got acquire(Want want) {
    List<Part> parts = new ArrayList<>(want.parts());
    parts.removeIf(part -> count(part.semaphore()) < part.permits());
    if (parts.isEmpty() || (want.mode() == Mode.ALL_OF && parts.size() < want.parts().size())) {
      return null;
    }
    List<Part> served = want.mode() == Mode.ALL_OF ? parts : parts.subList(0, 1);
    return want.consume() ? new Got("", take(served, true)) : hold(take(served, false));
  }

  private Got hold(List<GrantedPart> parts) {
    Got got = new Got("grant-" + ++granted, parts);
    grants.put(got.grant(), got);
    return got;
  }

  private List<GrantedPart> take(List<Part> parts, boolean consume) {
    return parts.stream().map(part -> take(part, consume)).toList();
  }

  private GrantedPart take(Part part, boolean consume) {
    counts.merge(part.semaphore(), -part.permits(), Integer::sum);
    List<Integer> slots = new ArrayList<>();
    List<Long> tokens = new ArrayList<>();
    for (int i = 0; i < taken.length && part.semaphore().equals("slots"); i++) {
      if (!taken[i] && slots.size() < part.permits()) {
        taken[i] = true;
        slots.add(i);
        tokens.add(++epochs[i]);
      }
    }
    return new GrantedPart(part.semaphore(), part.permits(), consume, slots, tokens, false);
  }

  /** Null: it is refused. */
  @Nullable Gave release(Give give) {
    return give.grant() == null
        ? signal(Objects.requireNonNull(give.semaphore()), give.permits())
        : giveBack(give.grant());
  }

  private @Nullable Gave signal(String name, int permits) {
    int previous = count(name);
    if (previous + permits > max(name)) {
      return null;
    }
    counts.put(name, previous + permits);
    return new Gave(true, null, List.of(previous));
  }

  private Gave giveBack(String grant) {
    Got got = grants.remove(grant);
    if (got == null) {
      return new Gave(false, "SESSION_LOST", List.of());
    }
    List<Integer> previous = new ArrayList<>();
    for (GrantedPart part : got.parts()) {
      previous.add(count(part.semaphore()));
      counts.merge(part.semaphore(), part.permits(), Integer::sum);
      part.slots().forEach(slot -> taken[slot] = false);
    }
    return new Gave(true, null, previous);
  }
}
