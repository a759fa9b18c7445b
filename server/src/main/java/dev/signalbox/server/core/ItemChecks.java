package dev.signalbox.server.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can be judged of the items of a release without knowing any state. */
final class ItemChecks {
  private ItemChecks() {}

  static void check(List<Operation.Item> items) {
    String namespaceOf = null;
    for (int i = 0; i < items.size(); i++) {
      Operation.Item item = items.get(i);
      if (item instanceof Operation.Signal signal) {
        checkSignal("items[" + i + "].signal", signal);
        namespaceOf =
            checkNamespace("items[" + i + "].signal.semaphore", namespaceOf, signal.semaphore());
      } else if (item instanceof Operation.GiveBack giveBack) {
        checkGiveBack("items[" + i + "].give_back", giveBack);
        if (giveBack.semaphore() != null) {
          namespaceOf =
              checkNamespace(
                  "items[" + i + "].give_back.semaphore", namespaceOf, giveBack.semaphore());
        }
      }
    }
  }

  /** Refuses a name that lies in another namespace than the items do. */
  static void checkNamespaces(List<Operation.Item> items, String field, String name) {
    for (Operation.Item item : items) {
      String semaphore =
          item instanceof Operation.Signal signal
              ? signal.semaphore()
              : ((Operation.GiveBack) item).semaphore();
      if (semaphore != null) {
        checkNamespace(field, semaphore, name);
      }
    }
  }

  static void checkSignals(String field, List<Operation.Signal> signals) {
    String namespaceOf = null;
    for (int i = 0; i < signals.size(); i++) {
      checkSignal(field + "[" + i + "]", signals.get(i));
      namespaceOf =
          checkNamespace(field + "[" + i + "].semaphore", namespaceOf, signals.get(i).semaphore());
    }
  }

  private static void checkSignal(String field, Operation.Signal signal) {
    InvalidField.unless(signal.permits() >= 1, field + ".permits", "must be at least 1");
    Names.checkSemaphoreName(field + ".semaphore", signal.semaphore());
  }

  private static void checkGiveBack(String field, Operation.GiveBack giveBack) {
    String semaphore = giveBack.semaphore();
    InvalidField.unless(giveBack.permits() >= 0, field + ".permits", "must not be negative");
    InvalidField.unless(
        semaphore != null || (giveBack.permits() == 0 && giveBack.slots().isEmpty()),
        field + ".semaphore",
        "is required for a part of a grant");
    InvalidField.unless(
        giveBack.permits() == 0 || giveBack.slots().isEmpty(),
        field + ".permits",
        "must be 0 where slots are named");
    InvalidField.unless(
        giveBack.slots().stream().distinct().count() == giveBack.slots().size(),
        field + ".slots",
        "must not name a slot twice");
    if (semaphore != null) {
      Names.checkSemaphoreName(field + ".semaphore", semaphore);
    }
  }

  private static String checkNamespace(String field, @Nullable String first, String name) {
    if (first == null) {
      return name;
    }
    InvalidField.unless(Names.sameNamespace(first, name), field, "lies in another namespace");
    return first;
  }
}
