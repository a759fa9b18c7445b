package dev.signalbox.server.ratelimit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a request is, seen from one side: the way down the tree of rules.
 *
 * @param entries from the root down
 * @param hits what the request counts for, 0 or more; 0: it only looks whether anything is left
 * @param override takes the place of the rule's limit; null: the rule holds
 */
public record Descriptor(List<Entry> entries, long hits, @Nullable Limit override) {
  /** Copies the list. */
  public Descriptor {
    entries = List.copyOf(entries);
  }

  /**
   * One step of the way.
   *
   * @param key what it is about
   * @param value which one
   */
  public record Entry(String key, String value) {}
}
