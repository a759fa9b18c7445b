package dev.signalbox.server.core;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The replies of one session that its client has not acknowledged, and the requests that still wait
 * for theirs (E1). A number that is neither kept nor forgotten is new.
 */
final class ReplyWindow {
  /** One request: answered, or waiting for as long as it has no result. */
  static final class Kept extends Linked {
    final long number;
    @Nullable Result result;
    @Nullable Waiter waiter;

    private Kept(long number) {
      this.number = number;
    }
  }

  private final LongMap<Kept> kept = new LongMap<>();
  private final NumberSet forgotten = new NumberSet();

  /** The answered ones, the oldest answer first. */
  private final Chain<Kept> answered = new Chain<>();

  /** The request under this number; null if it is new or forgotten. */
  @Nullable Kept find(long number) {
    return kept.get(number);
  }

  /** Requests that are kept, whether answered or waiting. */
  int size() {
    return kept.size();
  }

  boolean isForgotten(long number) {
    return forgotten.contains(number);
  }

  /** Makes room for one more; false if so many wait that there is none to be made. */
  boolean makeRoom(int limit) {
    Kept oldest = answered.first();
    while (kept.size() >= limit && oldest != null) {
      drop(oldest);
      forgotten.add(oldest.number, oldest.number, limit);
      oldest = answered.first();
    }
    return kept.size() < limit;
  }

  /** Notes that the request waits. */
  void waits(long number, Waiter waiter) {
    Kept request = new Kept(number);
    request.waiter = waiter;
    kept.put(number, request);
  }

  /** Keeps the request's reply, unless the client has acknowledged it while it waited. */
  void answered(long number, Result result) {
    Kept request = kept.get(number);
    if (request == null) {
      request = new Kept(number);
      kept.put(number, request);
    } else if (forgotten.contains(number)) {
      kept.remove(number);
      return;
    }
    request.result = result;
    request.waiter = null;
    answered.add(request);
  }

  /** The client has all replies up to a number, and some above it. */
  void acknowledge(long through, List<Long> also, int limit) {
    long known = forgotten.through();
    if (through - known <= kept.size()) {
      for (long number = known + 1; number <= through; number++) {
        dropAnswered(number);
      }
    } else {
      dropAnsweredUpTo(through, Set.of());
    }
    forgotten.add(1, through, limit);
    for (long number : also) {
      dropAnswered(number);
      forgotten.add(number, number, limit);
    }
  }

  /** The client has all replies up to a number, but for some. */
  void retain(long last, List<Long> unanswered, int limit) {
    dropAnsweredUpTo(last, new HashSet<>(unanswered));
    long next = 1;
    for (long number : unanswered) {
      forgotten.add(next, Math.min(number - 1, last), limit);
      next = number + 1;
    }
    forgotten.add(next, last, limit);
  }

  /** Visits all kept replies, the oldest first. */
  void forEachAnswered(BiConsumer<Long, Result> visitor) {
    for (Kept request = answered.first(); request != null; request = answered.after(request)) {
      visitor.accept(request.number, Objects.requireNonNull(request.result));
    }
  }

  List<NumberSet.Range> forgottenRanges() {
    return forgotten.toRanges();
  }

  void restoreForgotten(long first, long last) {
    forgotten.add(first, last, Integer.MAX_VALUE);
  }

  private void dropAnswered(long number) {
    Kept request = kept.get(number);
    if (request != null && request.result != null) {
      drop(request);
    }
  }

  private void dropAnsweredUpTo(long last, Set<Long> unless) {
    Kept request = answered.first();
    while (request != null) {
      Kept following = answered.after(request);
      if (request.number <= last && !unless.contains(request.number)) {
        drop(request);
      }
      request = following;
    }
  }

  private void drop(Kept request) {
    kept.remove(request.number);
    answered.remove(request);
  }
}
