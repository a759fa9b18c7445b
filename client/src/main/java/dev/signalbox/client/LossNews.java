package dev.signalbox.client;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Those who want to know of a loss, each told exactly once, whether it comes before or after. */
final class LossNews {
  private record Entry(
      @Nullable Consumer<LossReason> listener, @Nullable LossReason told, @Nullable Entry before) {}

  private final AtomicReference<@Nullable Entry> newest = new AtomicReference<>();

  /** Adds a listener; if the loss has been told already, says what it was and does not add it. */
  @Nullable LossReason add(Consumer<LossReason> listener) {
    while (true) {
      Entry before = newest.get();
      if (before != null && before.told() != null) {
        return before.told();
      }
      if (newest.compareAndSet(before, new Entry(listener, null, before))) {
        return null;
      }
    }
  }

  /**
   * Tells everybody, through {@code teller}, the first who asked first; only the first loss counts.
   */
  void lost(LossReason reason, Consumer<Runnable> teller) {
    Entry last = newest.get();
    while (last == null || last.told() == null) {
      if (newest.compareAndSet(last, new Entry(null, reason, null))) {
        tell(last, reason, teller);
        return;
      }
      last = newest.get();
    }
  }

  private static void tell(@Nullable Entry last, LossReason reason, Consumer<Runnable> teller) {
    Deque<Consumer<LossReason>> listeners = new ArrayDeque<>();
    for (Entry entry = last; entry != null; entry = entry.before()) {
      if (entry.listener() != null) {
        listeners.push(entry.listener());
      }
    }
    listeners.forEach(listener -> teller.accept(() -> listener.accept(reason)));
  }
}
