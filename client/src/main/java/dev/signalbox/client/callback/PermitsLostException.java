package dev.signalbox.client.callback;

import dev.signalbox.client.LossReason;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Permits that a callback was to give back on return were lost before that: the service had taken
 * them back, and others may have had them while the callback still ran. Their intents are void and
 * are never applied later (C11). What else the callback asked for was done, or has a failure of its
 * own.
 */
public final class PermitsLostException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final EnumSet<LossReason> reasons = EnumSet.noneOf(LossReason.class);

  PermitsLostException(List<Verdict.Loss> losses) {
    super("lost before the callback returned, so not given back: " + describe(losses));
    losses.forEach(loss -> reasons.add(loss.reason()));
  }

  private static String describe(List<Verdict.Loss> losses) {
    return losses.stream()
        .map(loss -> "a permit of '" + loss.semaphore() + "' (" + loss.reason() + ")")
        .collect(Collectors.joining(", "));
  }

  /** Why they were lost. */
  public Set<LossReason> reasons() {
    return EnumSet.copyOf(reasons);
  }
}
