package dev.signalbox.spring;

import dev.signalbox.client.limit.Limiter;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The limiters of an application, by name: those of {@code signalbox.limiters}, and those that are
 * beans. Immutable, so thread-safe.
 */
public final class Limiters {
  private final Map<String, LimiterEntry> entries = new TreeMap<>();

  Limiters(Collection<LimiterEntry> entries) {
    for (LimiterEntry entry : entries) {
      String name = entry.limiter().name();
      if (this.entries.put(name, entry) != null) {
        throw new BadSetupException(
            "there are two limiters '" + name + "'", "Name one of them otherwise.");
      }
    }
  }

  /** Just these, for tests of what uses them. */
  public static Limiters of(Limiter... limiters) {
    return new Limiters(Stream.of(limiters).map(LimiterEntry::of).toList());
  }

  /**
   * The limiter of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Limiter get(String name) {
    return find(name)
        .map(LimiterEntry::limiter)
        .orElseThrow(() -> new IllegalArgumentException(complaintAbout(name)));
  }

  /** All names, in alphabetical order. */
  public Set<String> names() {
    return Collections.unmodifiableSet(entries.keySet());
  }

  List<Limiter> all() {
    return entries.values().stream().map(LimiterEntry::limiter).toList();
  }

  Optional<LimiterEntry> find(String name) {
    return Optional.ofNullable(entries.get(name));
  }

  /** What to say about a name that is none. */
  String complaintAbout(String name) {
    return "there is no limiter '"
        + name
        + "', "
        + (entries.isEmpty() ? "nor any" : "but " + names());
  }

  /** What to do about a name that is none. */
  static String remedyFor(String name) {
    return "Use another name, or configure signalbox.limiters."
        + ConfiguredLimiter.asProperty(name)
        + ".";
  }
}
