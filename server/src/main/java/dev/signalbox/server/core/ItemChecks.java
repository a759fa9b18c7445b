package dev.signalbox.server.core;

import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can be judged of the items of a release without knowing any state. */
final class ItemChecks {
  private ItemChecks() {}

  static void check(List<Operation.Item> items) {
    String first = null;
    for (int i = 0; i < items.size(); i++) {
      Operation.Item item = items.get(i);
      try {
        check(item);
        first = checkNamespace("semaphore", first, semaphore(item));
      } catch (InvalidField e) {
        throw e.within("items[" + i + "]." + kind(item));
      }
    }
  }

  static void checkSignals(String field, List<Operation.Signal> signals) {
    String first = null;
    for (int i = 0; i < signals.size(); i++) {
      try {
        check(signals.get(i));
        first = checkNamespace("semaphore", first, signals.get(i).semaphore());
      } catch (InvalidField e) {
        throw e.within(field + "[" + i + "]");
      }
    }
  }

  /** Refuses a name that lies in another namespace than the items do. */
  static void checkNamespaces(List<Operation.Item> items, String field, String name) {
    for (Operation.Item item : items) {
      checkNamespace(field, semaphore(item), name);
    }
  }

  private static void check(Operation.Item item) {
    if (item instanceof Operation.Signal signal) {
      InvalidField.unless(signal.permits() >= 1, "permits", "must be at least 1");
      Names.checkSemaphoreName("semaphore", signal.semaphore());
    } else if (item instanceof Operation.GiveBack giveBack) {
      check(giveBack);
    }
  }

  private static void check(Operation.GiveBack giveBack) {
    String semaphore = giveBack.semaphore();
    boolean someSlots = !giveBack.slots().isEmpty();
    InvalidField.unless(giveBack.permits() >= 0, "permits", "must not be negative");
    InvalidField.unless(
        semaphore != null || (giveBack.permits() == 0 && !someSlots),
        "semaphore",
        "is required for a part of a grant");
    InvalidField.unless(
        giveBack.permits() == 0 || !someSlots, "permits", "must be 0 where slots are named");
    InvalidField.unless(
        !someSlots || new HashSet<>(giveBack.slots()).size() == giveBack.slots().size(),
        "slots",
        "must not name a slot twice");
    if (semaphore != null) {
      Names.checkSemaphoreName("semaphore", semaphore);
    }
  }

  private static @Nullable String semaphore(Operation.Item item) {
    return item instanceof Operation.Signal signal
        ? signal.semaphore()
        : ((Operation.GiveBack) item).semaphore();
  }

  private static String kind(Operation.Item item) {
    return item instanceof Operation.Signal ? "signal" : "give_back";
  }

  /** Returns the first name that is known; refuses one that lies in another namespace than it. */
  private static @Nullable String checkNamespace(
      String field, @Nullable String first, @Nullable String name) {
    if (first == null || name == null) {
      return first == null ? name : first;
    }
    InvalidField.unless(Names.sameNamespace(first, name), field, "lies in another namespace");
    return first;
  }
}
