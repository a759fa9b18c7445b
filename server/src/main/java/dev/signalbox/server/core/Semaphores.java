package dev.signalbox.server.core;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All semaphores by name: hashed for looking up, sorted for listing. Only the sorted one is ever
 * iterated.
 */
final class Semaphores {
  private final Map<String, Semaphore> byName = new HashMap<>();
  private final NavigableMap<String, Semaphore> sorted = new TreeMap<>();

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

  void add(Semaphore semaphore) {
    byName.put(semaphore.name, semaphore);
    sorted.put(semaphore.name, semaphore);
  }

  void remove(Semaphore semaphore) {
    byName.remove(semaphore.name);
    sorted.remove(semaphore.name);
  }

  /** All, in the order of their names. */
  Collection<Semaphore> all() {
    return sorted.values();
  }

  /** Those whose names are not before the given one, in the order of their names. */
  Collection<Semaphore> from(String name, boolean inclusive) {
    return sorted.tailMap(name, inclusive).values();
  }
}
