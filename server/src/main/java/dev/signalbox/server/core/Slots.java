package dev.signalbox.server.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** The slots of a numbered semaphore (A8): which are taken, and how often each has been granted. */
final class Slots {
  private final BitSet taken = new BitSet();
  private long[] epochs = new long[0];
  private int lowestFree;

  /** Takes so many slots, lowest free first. */
  List<Slot> take(int permits) {
    List<Slot> slots = new ArrayList<>(permits);
    for (int i = 0; i < permits; i++) {
      int number = taken.nextClearBit(lowestFree);
      taken.set(number);
      lowestFree = number + 1;
      slots.add(new Slot(number, nextEpoch(number)));
    }
    return List.copyOf(slots);
  }

  void free(List<Slot> slots) {
    for (Slot slot : slots) {
      taken.clear(slot.number());
      lowestFree = Math.min(lowestFree, slot.number());
    }
  }

  /** Slots that were ever granted. */
  int size() {
    return epochs.length;
  }

  /** How often each slot has been granted, from slot 0 up. */
  List<Long> epochs() {
    return Arrays.stream(epochs).boxed().toList();
  }

  void restoreEpochs(List<Long> restored) {
    epochs = restored.stream().mapToLong(Long::longValue).toArray();
  }

  void restoreTaken(List<Slot> slots) {
    slots.forEach(slot -> taken.set(slot.number()));
  }

  private long nextEpoch(int number) {
    if (number >= epochs.length) {
      epochs = Arrays.copyOf(epochs, number + 1);
    }
    return ++epochs[number];
  }
}
