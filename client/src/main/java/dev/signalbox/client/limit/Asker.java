package dev.signalbox.client.limit;

import dev.signalbox.client.SignalboxClient;
import dev.signalbox.client.SignalboxException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What all questions of one limiter need: the client, its semaphores, how far it reaches. */
final class Asker {
  private final AtomicBoolean probing = new AtomicBoolean();
  private final SignalboxClient client;
  private final LimitSet limits;
  private final KnownSemaphores known;
  private final Reach reach;
  private final long patience;
  private final LongSupplier clock;

  /**
   * For these limits.
   *
   * @param patience nanoseconds that the service has for an answer, beyond the time to wait
   */
  Asker(SignalboxClient client, LimitSet limits, long patience, LongSupplier clock) {
    this.client = client;
    this.limits = limits;
    this.patience = patience;
    this.clock = clock;
    known = new KnownSemaphores(client.semaphores());
    reach = Reach.of(client, patience, clock);
  }

  SignalboxClient client() {
    return client;
  }

  LimitSet limits() {
    return limits;
  }

  KnownSemaphores known() {
    return known;
  }

  Reach reach() {
    return reach;
  }

  long patience() {
    return patience;
  }

  long now() {
    return clock.getAsLong();
  }

  /**
   * Whether to ask at all. While the service is silent, one harmless question at a time finds out
   * when it speaks again.
   */
  boolean isOutOfReach(String[] names) {
    boolean out = reach.isOut();
    if (out && reach.isSilent() && !probing.get() && probing.compareAndSet(false, true)) {
      probe(names[0]);
    }
    return out;
  }

  private void probe(String name) {
    try {
      var unused =
          client
              .semaphores()
              .createAsync(name, limits.spec(0))
              .whenComplete((semaphore, failure) -> probed(failure));
    } catch (RuntimeException e) {
      probed(e);
    }
  }

  private void probed(@Nullable Throwable failure) {
    if (failure == null || !isOutage(failure)) {
      reach.heard();
    }
    probing.set(false);
  }

  /** Whether a question failed because nobody answered it; any other failure is an answer. */
  static boolean isOutage(Throwable failure) {
    return failure instanceof SignalboxException.Unavailable
        || failure instanceof SignalboxException.SessionLost;
  }
}
