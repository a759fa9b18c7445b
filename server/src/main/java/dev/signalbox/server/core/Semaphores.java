package dev.signalbox.server.core;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All semaphores by name: hashed for looking up, in order for listing. Only the order is ever
 * iterated.
 */
final class Semaphores {
  private final Map<String, Semaphore> byName = new HashMap<>();
  private final NameOrder order = new NameOrder();

  int size() {
    return byName.size();
  }

  @Nullable Semaphore find(String name) {
    return byName.get(name);
  }

  /** A semaphore that is known to exist. */
  Semaphore get(String name) {
    return Objects.requireNonNull(byName.get(name), name);
  }

  /** Adds one whose name is not taken. */
  void add(Semaphore semaphore) {
    byName.put(semaphore.name, semaphore);
    order.add(semaphore);
  }

  void remove(Semaphore semaphore) {
    byName.remove(semaphore.name);
    order.remove(semaphore);
  }

  /** All, in the order of their names. */
  Iterable<Semaphore> all() {
    return order.from("", true);
  }

  /** Those whose names are not before the given one, in the order of their names. */
  Iterable<Semaphore> from(String name, boolean inclusive) {
    return order.from(name, inclusive);
  }
}
