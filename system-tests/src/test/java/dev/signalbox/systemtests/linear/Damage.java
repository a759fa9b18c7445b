package dev.signalbox.systemtests.linear;

import dev.signalbox.systemtests.linear.Attempt.Op;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A way to turn a legal history into one that no right semaphore can have given. */
enum Damage {
  PREVIOUS_COUNT_TOO_HIGH,
  PREVIOUS_COUNT_TOO_LOW,
  RELEASE_REFUSED_WITHOUT_REASON,
  RELEASE_ABOVE_MAX,
  SEEN_TOO_HIGH,
  SEEN_TOO_LOW,
  SERVED_OUT_OF_NOTHING,
  TIMED_OUT_WITHOUT_REASON,
  ANOTHER_INDEX,
  RELEASE_FORGOTTEN,
  LEFT_TOO_MANY,
  LEFT_TOO_FEW;

  /** Every way to do it to a history; none if nothing of the kind occurs in it. */
  List<Concurrent> all(Concurrent history) {
    return switch (this) {
      case LEFT_TOO_MANY -> left(history, 1);
      case LEFT_TOO_FEW -> left(history, -1);
      default -> calls(history);
    };
  }

  private List<Concurrent> calls(Concurrent history) {
    List<Concurrent> all = new ArrayList<>();
    for (int i = 0; i < history.calls().size(); i++) {
      List<Attempt> calls = new ArrayList<>(history.calls());
      List<Attempt> instead = instead(calls.remove(i)).toList();
      if (!instead.isEmpty()) {
        calls.addAll(i, instead.subList(1, instead.size()));
        all.add(history.with(calls));
      }
    }
    return all;
  }

  /** Something to mark that it is damaged, then what stands in a call's place. */
  private Stream<Attempt> instead(Attempt call) {
    Attempt damaged = damaged(call);
    if (this == RELEASE_FORGOTTEN) {
      return call.op() == Op.RELEASE && call.succeeded() ? Stream.of(call) : Stream.of();
    }
    return damaged.equals(call) ? Stream.of() : Stream.of(call, damaged);
  }

  private Attempt damaged(Attempt call) {
    return switch (call.op()) {
      case RELEASE -> release(call);
      case QUERY -> query(call);
      case WAIT_ANY -> any(call);
      default -> taken(call, null);
    };
  }

  private Attempt release(Attempt call) {
    if (!call.succeeded()) {
      return this == RELEASE_ABOVE_MAX ? call.released(0) : call;
    }
    int previous = Objects.requireNonNull(call.previous());
    return switch (this) {
      case PREVIOUS_COUNT_TOO_HIGH -> call.released(previous + 1);
      case PREVIOUS_COUNT_TOO_LOW -> call.released(previous - 1);
      case RELEASE_REFUSED_WITHOUT_REASON -> call.refused(Attempt.TOO_MANY_POSTS);
      default -> call;
    };
  }

  private Attempt query(Attempt call) {
    int seen = Objects.requireNonNull(call.current());
    return switch (this) {
      case SEEN_TOO_HIGH -> call.seen(seen + 1);
      case SEEN_TOO_LOW -> call.seen(seen - 1);
      default -> call;
    };
  }

  private Attempt any(Attempt call) {
    Integer index = call.index();
    return this == ANOTHER_INDEX && index != null
        ? call.waited(true, index == 0 ? 1 : index - 1)
        : taken(call, 0);
  }

  private Attempt taken(Attempt call, @Nullable Integer index) {
    return switch (this) {
      case SERVED_OUT_OF_NOTHING -> call.succeeded() ? call : call.waited(true, index);
      case TIMED_OUT_WITHOUT_REASON -> call.succeeded() ? call.waited(false, null) : call;
      default -> call;
    };
  }

  private static List<Concurrent> left(Concurrent history, int more) {
    List<Concurrent> all = new ArrayList<>();
    for (int i = 0; i < history.counts().size(); i++) {
      List<Integer> counts = new ArrayList<>(history.counts());
      counts.set(i, counts.get(i) + more);
      all.add(history.endingWith(counts));
    }
    return all;
  }
}
