package dev.signalbox.client.callback;

import dev.signalbox.client.LossReason;
import dev.signalbox.client.ReleaseItem;
import dev.signalbox.client.ReleaseResult;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What became of a callback's networked intents.
 *
 * @param refusal why the request failed as a whole; null: it did not
 * @param losses the permits that were lost before they could be given back
 */
record Verdict(@Nullable Throwable refusal, List<Loss> losses) {
  /** A permit's semaphore, and why the permit was lost. */
  record Loss(String semaphore, LossReason reason) {}

  /**
   * Of a forcibly deleted semaphore there is nothing to give back, and that is no failure (O5); nor
   * is a permit that somebody else gave back (R4).
   */
  private static final Set<LossReason> LOST =
      EnumSet.of(LossReason.SESSION_LOST, LossReason.HOLD_LIMIT);

  static Verdict of(
      @Nullable Throwable refusal, List<ReleaseItem> items, List<ReleaseResult> results) {
    List<Loss> losses = new ArrayList<>(0);
    for (int i = 0; i < results.size(); i++) {
      Optional<LossReason> reason = results.get(i).notHeldBecause();
      if (reason.isPresent() && isLoss(items.get(i), reason.get())) {
        losses.add(new Loss(semaphore(items.get(i)), reason.get()));
      }
    }
    return new Verdict(refusal, losses);
  }

  /** A mere receipt was never held, so it cannot have been lost (A9). */
  private static boolean isLoss(ReleaseItem item, LossReason reason) {
    return LOST.contains(reason)
        && !(item instanceof ReleaseItem.GiveBack part && part.permit().id().isEmpty());
  }

  private static String semaphore(ReleaseItem item) {
    if (item instanceof ReleaseItem.Signal signal) {
      return signal.semaphore().name();
    }
    return item instanceof ReleaseItem.MutexRelease release
        ? release.mutex().name()
        : ((ReleaseItem.GiveBack) item).permit().semaphore();
  }
}
