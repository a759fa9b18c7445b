package dev.signalbox.server.ratelimit;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All rules of a file. Immutable.
 *
 * @param domains the root of each domain's tree, by the domain's name
 * @param all every rule of every domain
 */
record LimitRules(Map<String, LimitRule> domains, List<LimitRule> all) {
  LimitRules {
    domains = Map.copyOf(domains);
    all = List.copyOf(all);
  }

  boolean knows(String domain) {
    return domains.containsKey(domain);
  }

  /** The rule at the end of the whole way; null if the tree does not go that way. */
  @Nullable LimitRule match(String domain, List<Descriptor.Entry> entries) {
    LimitRule rule = domains.get(domain);
    for (int i = 0; i < entries.size() && rule != null; i++) {
      rule = rule.step(entries.get(i));
    }
    return rule;
  }

  Stream<LimitRule> shadows() {
    return all.stream().filter(LimitRule::shadow);
  }
}
