package dev.signalbox.spring;

import dev.signalbox.client.limit.Limiter;
import dev.signalbox.spring.SignalboxProperties.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import org.springframework.web.util.pattern.PatternParseException;

/** Makes the filter's rules of their properties. */
final class ConfiguredRules {
  private final Limiters limiters;

  ConfiguredRules(Limiters limiters) {
    this.limiters = limiters;
  }

  List<WebRule> make(List<Rule> rules) {
    List<WebRule> made = new ArrayList<>();
    for (int i = 0; i < rules.size(); i++) {
      made.add(make(new Checks("signalbox.web.rules[" + i + "]"), rules.get(i)));
    }
    return made;
  }

  private WebRule make(Checks checks, Rule rule) {
    LimiterEntry entry = limiter(checks, rule);
    entry
        .complaintAbout(new TreeSet<>(rule.keys().keySet()))
        .ifPresent(complaint -> checks.require(false, "keys", complaint));
    checks.within("max-wait", rule.maxWait(), Duration.ZERO, Limiter.LONGEST_WAIT, "0 to 365 days");
    return new WebRule(
        patterns(checks, rule.paths()),
        rule.methods().stream()
            .map(method -> method.toUpperCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet()),
        entry.limiter(),
        keys(checks.below("keys"), rule.keys()),
        rule.maxWait() == null ? entry.maxWait() : rule.maxWait());
  }

  private LimiterEntry limiter(Checks checks, Rule rule) {
    String name = rule.limiter();
    if (name == null) {
      throw checks.wrong("limiter", "must be given");
    }
    return limiters
        .find(name)
        .orElseThrow(() -> checks.wrong("limiter", limiters.complaintAbout(name)));
  }

  private static List<PathPattern> patterns(Checks checks, List<String> paths) {
    checks.require(!paths.isEmpty(), "paths", "must not be empty");
    List<PathPattern> patterns = new ArrayList<>();
    for (int i = 0; i < paths.size(); i++) {
      try {
        patterns.add(PathPatternParser.defaultInstance.parse(paths.get(i)));
      } catch (PatternParseException e) {
        throw checks.wrong("paths[" + i + "]", e.toDetailedString());
      }
    }
    return patterns;
  }

  private static Map<String, KeySource> keys(Checks checks, Map<String, String> keys) {
    Map<String, KeySource> sources = new LinkedHashMap<>();
    keys.forEach((key, source) -> {
      try {
        sources.put(key, KeySource.parse(source));
      } catch (IllegalArgumentException e) {
        throw checks.wrong(key, String.valueOf(e.getMessage()));
      }
    });
    return sources;
  }
}
