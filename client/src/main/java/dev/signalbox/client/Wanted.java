package dev.signalbox.client;

import java.util.List;

/**
 * What an acquire asks for, ready to be sent.
 *
 * @param message as on the wire
 * @param names of the semaphores, in the order of its parts
 * @param uses something of it may be used up rather than held (A9, Q1, V1)
 */
record Wanted(dev.signalbox.v1.Acquire message, List<String> names, boolean uses) {
  static Wanted of(Acquire acquire) {
    boolean uses =
        acquire.isConsuming()
            || acquire.parts().stream().map(Acquire.Part::semaphore).anyMatch(Wanted::isUsedUp);
    List<String> names = acquire.parts().stream().map(part -> part.semaphore().name()).toList();
    return new Wanted(Wire.acquire(acquire), names, uses);
  }

  private static boolean isUsedUp(RemoteObject semaphore) {
    return semaphore instanceof RemoteEvent
        || (semaphore instanceof LinkedSemaphore linked && linked.refills());
  }
}
