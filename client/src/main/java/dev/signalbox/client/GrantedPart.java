package dev.signalbox.client;

import java.util.List;

/**
 * The permits of one semaphore, mutex or event in a {@link Permit} (A8).
 *
 * @param semaphore its name
 * @param permits how many were granted
 * @param consumed they were used up, not held (A9, Q1), or stand for an event (V1)
 * @param slots of a numbered semaphore: which slots, ascending; else empty
 * @param epochs of a numbered semaphore: each slot's epoch, in the order of the slots. Slot and
 *     epoch together are a fencing token: a resource that remembers the highest epoch it has seen
 *     for a slot can turn away the late writes of an earlier holder.
 * @param abandoned of a mutex: its last owner ended without releasing it, so what it guards may be
 *     half done (M3)
 */
public record GrantedPart(
    String semaphore,
    int permits,
    boolean consumed,
    List<Integer> slots,
    List<Long> epochs,
    boolean abandoned) {
  /** Copies the lists. */
  public GrantedPart {
    slots = List.copyOf(slots);
    epochs = List.copyOf(epochs);
  }
}
