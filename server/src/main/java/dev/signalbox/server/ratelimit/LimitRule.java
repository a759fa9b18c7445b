package dev.signalbox.server.ratelimit;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A node of the tree of rules. Immutable, but for its tally.
 *
 * @param path where it stands in the file
 * @param limit what it limits to; null: nothing
 * @param shadow its limit refuses nobody
 * @param tally what it would have refused
 * @param exact the rules below, by key and value
 * @param general the rules below for any value, by key
 */
record LimitRule(
    String path,
    @Nullable Limit limit,
    boolean shadow,
    Tally tally,
    Map<Descriptor.Entry, LimitRule> exact,
    Map<String, LimitRule> general) {

  LimitRule {
    exact = Map.copyOf(exact);
    general = Map.copyOf(general);
  }

  /** One step down: a rule for the very value wins over one for any. */
  @Nullable LimitRule step(Descriptor.Entry entry) {
    LimitRule rule = exact.get(entry);
    return rule == null ? general.get(entry.key()) : rule;
  }
}
