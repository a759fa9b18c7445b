package dev.signalbox.client.callback;

import dev.signalbox.client.ReleaseItem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong with one callback, in the order in which it did. Handed on from thread to thread,
 * never shared.
 */
final class Troubles {
  private final Tally tally;
  private @Nullable Throwable thrown;
  private List<Throwable> failures = List.of();
  private List<ReleaseItem.Signal> leftToService = List.of();

  Troubles(Tally tally) {
    this.tally = tally;
  }

  /** Whether there is nothing to tell. */
  boolean none() {
    return thrown == null && failures.isEmpty() && leftToService.isEmpty();
  }

  /** The callback threw. */
  void threw(Throwable what) {
    tally.threw.increment();
    thrown = what;
  }

  /** Unlocking or closing threw. */
  void failedLocally(Throwable failure) {
    tally.localFailures.increment();
    add(failure);
  }

  /** The service had its say. */
  void judged(Verdict verdict) {
    if (verdict.refusal() != null) {
      tally.releasesRefused.increment();
      add(verdict.refusal());
    }
    if (!verdict.losses().isEmpty()) {
      tally.permitsLost.add(verdict.losses().size());
      add(new PermitsLostException(verdict.losses()));
    }
    leftToService = verdict.leftToService();
    if (!leftToService.isEmpty()) {
      tally.leftToService.add(leftToService.size());
    }
  }

  private void add(Throwable failure) {
    if (failures.isEmpty()) {
      failures = new ArrayList<>(1);
    }
    failures.add(failure);
  }

  /** Tells the listener of each. */
  void tell(PoolListener listener, CallbackHandle callback) {
    try {
      if (thrown != null) {
        listener.callbackThrew(callback, thrown);
      }
      failures.forEach(failure -> listener.intentFailed(callback, failure));
      if (!leftToService.isEmpty()) {
        listener.leftToService(callback, leftToService);
      }
    } catch (Throwable e) {
      Log.LOG.error("the pool's listener threw", e);
    }
  }

  /** The first, with the others suppressed in it; null if there is none. */
  @Nullable Throwable sum() {
    Throwable first = thrown;
    for (Throwable failure : failures) {
      first = first == null ? failure : withSuppressed(first, failure);
    }
    return first;
  }

  /** The first, with the other suppressed in it; nothing can be suppressed in itself. */
  @SuppressWarnings("ReferenceEquality")
  static Throwable withSuppressed(Throwable first, Throwable other) {
    if (first != other) {
      first.addSuppressed(other);
    }
    return first;
  }
}
