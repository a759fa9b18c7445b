package dev.signalbox.client.callback;

import dev.signalbox.client.Permit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The intents of one callback, from its start to its return (C3), and the end of the line for news
 * that one of its permits is lost. Thread-safe; its monitor is held for moments, never around user
 * code.
 */
final class IntentBook {
  /** What one atomic release may have (R3). */
  static final int MOST_NETWORKED = 256;

  private List<Intent> intents = List.of();
  private int networked;
  private @Nullable String firstSemaphore;
  private @Nullable Thread runner;
  private boolean interrupts;
  private volatile boolean lost;

  /** The callback starts on this thread. */
  synchronized void open(boolean interruptOnLoss) {
    runner = Thread.currentThread();
    interrupts = interruptOnLoss;
  }

  /** Registers an intent. */
  synchronized void add(Intent intent) {
    refuseIfReturned();
    if (intent instanceof Intent.Networked item) {
      admit(item.semaphore());
    }
    if (intents.isEmpty()) {
      intents = new ArrayList<>(4);
    }
    intents.add(intent);
  }

  private void refuseIfReturned() {
    if (runner == null) {
      throw new IllegalStateException("the callback has returned: too late for another intent");
    }
  }

  /** Takes out every intent to give this permit back. */
  synchronized void withdraw(Permit permit) {
    refuseIfReturned();
    int before = intents.size();
    if (before > 0) {
      intents.removeIf(
          intent -> intent instanceof Intent.GiveBack item && item.permit().equals(permit));
    }
    networked -= before - intents.size();
    if (networked == 0) {
      firstSemaphore = null;
    }
  }

  private void admit(String semaphore) {
    String first = firstSemaphore == null ? semaphore : firstSemaphore;
    checkNamespace(semaphore, first);
    if (networked == MOST_NETWORKED) {
      throw new IllegalArgumentException(
          "an atomic release has at most %d permits and signals, of which '%s' was the first; '%s' is one too many"
              .formatted(MOST_NETWORKED, first, semaphore));
    }
    firstSemaphore = first;
    networked++;
  }

  private static void checkNamespace(String semaphore, String first) {
    if (!namespace(semaphore).equals(namespace(first))) {
      throw new IllegalArgumentException(
          "an atomic release stays in one namespace: '%s' is not in that of '%s', which was the first"
              .formatted(semaphore, first));
    }
  }

  /** The first of several levels; a name of one level lies in the default namespace (O3). */
  private static String namespace(String semaphore) {
    int slash = semaphore.indexOf('/');
    return slash < 0 ? "" : semaphore.substring(0, slash);
  }

  /** The callback has returned: nothing more can be registered, and nobody is interrupted. */
  synchronized DueIntents close(boolean success) {
    runner = null;
    DueIntents due = DueIntents.of(intents, success);
    intents = List.of();
    return due;
  }

  /** A permit in the book was lost. Of interest while the callback runs. */
  synchronized void permitLost() {
    if (runner != null) {
      lost = true;
      if (interrupts) {
        runner.interrupt();
      }
    }
  }

  /** Whether the callback was told of a loss. */
  boolean isLost() {
    return lost;
  }
}
