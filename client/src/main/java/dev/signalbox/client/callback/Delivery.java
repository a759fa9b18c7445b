package dev.signalbox.client.callback;

import dev.signalbox.client.Permit;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A grant on its way to the callback that waits for it. Whoever takes it answers for it. */
final class Delivery implements Callback {
  private final AcquiredCallback callback;
  private final AtomicReference<@Nullable Permit> grant = new AtomicReference<>();

  Delivery(AcquiredCallback callback) {
    this.callback = Objects.requireNonNull(callback);
  }

  /** It has been granted; empty: the time to wait ran out. */
  void bring(Optional<Permit> granted) {
    grant.set(granted.orElse(null));
  }

  /** The callback will not run: gives back what was granted, if that was not done. */
  void giveBack() {
    Permit permit = grant.getAndSet(null);
    if (permit != null) {
      permit.close();
    }
  }

  /** Why the grant is no longer what it was; null: it is. */
  @Nullable RuntimeException loss() {
    Permit permit = grant.get();
    try {
      if (permit != null && isHeldAtAll(permit)) {
        permit.ensureHeld();
      }
      return null;
    } catch (RuntimeException e) {
      return e;
    }
  }

  /** Of a mere receipt nothing is held (A9). */
  private static boolean isHeldAtAll(Permit permit) {
    return !permit.id().isEmpty();
  }

  @Override
  public void run(CallbackInstance instance) throws Exception {
    Permit permit = grant.getAndSet(null);
    if (permit != null && isHeldAtAll(permit)) {
      instance.releaseWhenCallbackReturns(permit);
    }
    callback.run(instance, Optional.ofNullable(permit));
  }

  @Override
  public String toString() {
    return callback.getClass().getName();
  }
}
