package dev.signalbox.systemtests.oracle;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a callback's return did.
 *
 * @param released mutexes that it released
 * @param signalled permits that it added, by semaphore
 * @param set events that it set
 */
record Returned(Set<String> released, Map<String, Long> signalled, Set<String> set) {
  static Returned nothing() {
    return new Returned(new TreeSet<>(), new TreeMap<>(), new TreeSet<>());
  }

  /** What this did beyond another, of things that are there or not. */
  static Set<String> beyond(Set<String> these, Set<String> those) {
    Set<String> more = new TreeSet<>(these);
    more.removeAll(those);
    return more;
  }
}
