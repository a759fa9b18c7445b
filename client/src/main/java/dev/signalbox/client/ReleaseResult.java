package dev.signalbox.client;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * What one release, or one item of a release of many (R3), did.
 *
 * @param released false: the grant, or that part of it, was not held any more and nothing changed
 *     (R4)
 * @param notHeldBecause why it was not held, where that is still known; of a plain release that was
 *     carried out, that a part of it had been lost before
 * @param previousCounts the counts before the release: one for a signal, one per semaphore given
 *     back, in the grant's order (R1); none for a permit that went back to its client's credit (K3)
 */
public record ReleaseResult(
    boolean released, Optional<LossReason> notHeldBecause, List<Integer> previousCounts) {
  /** Copies the list. */
  public ReleaseResult {
    previousCounts = List.copyOf(previousCounts);
  }

  /**
   * The count before the release (R1); of a grant over several semaphores, that of the first.
   *
   * @throws NoSuchElementException if nothing was released, or not at the service (K3)
   */
  public int previousCount() {
    if (previousCounts.isEmpty()) {
      throw new NoSuchElementException("nothing was released at the service");
    }
    return previousCounts.get(0);
  }
}
