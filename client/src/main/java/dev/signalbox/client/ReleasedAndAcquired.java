package dev.signalbox.client;

import java.util.List;
import java.util.Optional;

/**
 * What a release-and-acquire did (A6).
 *
 * @param released one result per item released
 * @param permit what was acquired; empty if its time to wait ran out, which does not undo the
 *     release
 */
public record ReleasedAndAcquired(List<ReleaseResult> released, Optional<Permit> permit) {
  /** Copies the list. */
  public ReleasedAndAcquired {
    released = List.copyOf(released);
  }
}
