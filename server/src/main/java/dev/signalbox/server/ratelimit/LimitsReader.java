package dev.signalbox.server.ratelimit;

import dev.signalbox.server.core.InvalidField;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads rules from YAML: a document for each domain. */
final class LimitsReader {
  /** Rules of a file, over all domains. */
  static final int MAX_RULES = 10_000;

  /** Entries of the longest way down. */
  static final int MAX_DEPTH = 16;

  private static final Set<String> DOMAIN = Set.of("domain", "descriptors");
  private static final Set<String> RULE =
      Set.of("key", "value", "rate_limit", "shadow_mode", "descriptors");
  private static final Set<String> LIMIT =
      Set.of("unit", "requests_per_unit", "burst", "unlimited");

  private final Map<String, LimitRule> domains = new HashMap<>();
  private final List<LimitRule> all = new ArrayList<>();

  private LimitsReader() {}

  /**
   * Reads the rules.
   *
   * @throws InvalidLimits if they are not well-formed; the message says where and why
   */
  static LimitRules read(String yaml) {
    LimitsReader reader = new LimitsReader();
    try {
      for (Node document : new Compose(settings()).composeAllFromString(yaml)) {
        if (!document.getTag().equals(Tag.NULL)) {
          reader.domain(Fields.of(reader.nextPath(), document, DOMAIN));
        }
      }
    } catch (MarkedYamlEngineException e) {
      throw new InvalidLimits(line(e) + "is no YAML: " + e.getProblem(), e);
    } catch (YamlEngineException e) {
      throw new InvalidLimits("is no YAML: " + firstLine(e), e);
    }
    if (reader.domains.isEmpty()) {
      throw new InvalidLimits("has no domain");
    }
    return new LimitRules(reader.domains, reader.all);
  }

  private static LoadSettings settings() {
    return LoadSettings.builder().setAllowDuplicateKeys(true).build();
  }

  private String nextPath() {
    return "domains[" + domains.size() + "]";
  }

  private void domain(Fields fields) {
    String name = fields.text("domain");
    if (domains.containsKey(name)) {
      throw fields.invalid("domain", "'" + name + "' has a document before");
    }
    if (BucketName.escaped(name).length() > BucketName.MAX_DOMAIN) {
      throw fields.invalid(
          "domain", "must be at most " + BucketName.MAX_DOMAIN + " bytes, escaped for a name");
    }
    domains.put(name, node(fields, null, false, 0));
  }

  private LimitRule rule(Fields fields, int depth) {
    if (all.size() >= MAX_RULES) {
      throw fields.invalid("is one rule too many: there can be " + MAX_RULES);
    }
    Limit limit = limit(fields.optional("rate_limit", LIMIT));
    boolean shadow = fields.flag("shadow_mode");
    if (shadow && limit == null) {
      throw fields.invalid("shadow_mode", "needs a rate_limit that limits");
    }
    LimitRule rule = node(fields, limit, shadow, depth);
    all.add(rule);
    return rule;
  }

  /** With all rules below. */
  private LimitRule node(Fields fields, @Nullable Limit limit, boolean shadow, int depth) {
    Map<Descriptor.Entry, LimitRule> exact = new HashMap<>();
    Map<String, LimitRule> general = new HashMap<>();
    List<Node> below = fields.list("descriptors");
    if (depth >= MAX_DEPTH && !below.isEmpty()) {
      throw fields.invalid("descriptors", "lie more than " + MAX_DEPTH + " deep");
    }
    for (int i = 0; i < below.size(); i++) {
      String path = fields.path() + ".descriptors[" + i + "]";
      Fields child = Fields.of(path, below.get(i), RULE);
      String key = child.text("key");
      String value = value(child);
      LimitRule rule = rule(child, depth + 1);
      LimitRule twin =
          value == null
              ? general.put(key, rule)
              : exact.put(new Descriptor.Entry(key, value), rule);
      if (twin != null) {
        throw child.invalid("has the key and value of " + twin.path());
      }
    }
    return new LimitRule(fields.path(), limit, shadow, new Tally(), exact, general);
  }

  private static @Nullable String value(Fields fields) {
    String value = fields.optionalText("value");
    if (value != null && value.endsWith("*")) {
      throw fields.invalid(
          "value", "must not end with '*': left out, each value has a limit of its own");
    }
    return value;
  }

  private static @Nullable Limit limit(@Nullable Fields fields) {
    if (fields == null) {
      return null;
    }
    if (fields.flag("unlimited")) {
      if (fields.has("unit") || fields.has("requests_per_unit") || fields.has("burst")) {
        throw fields.invalid("unlimited", "must stand alone");
      }
      return null;
    }
    Unit unit = unit(fields);
    Integer requests = fields.optionalNumber("requests_per_unit");
    if (requests == null) {
      throw fields.invalid("requests_per_unit", "is missing");
    }
    Integer burst = fields.optionalNumber("burst");
    try {
      return burst == null ? Limit.of(requests, unit) : new Limit(requests, unit, burst);
    } catch (InvalidField e) {
      throw fields.invalid(e.field(), e.why());
    }
  }

  private static Unit unit(Fields fields) {
    String name = fields.text("unit");
    Unit unit = Unit.named(name);
    if (unit == null) {
      throw fields.invalid("unit", "must be second, minute, hour or day, not '" + name + "'");
    }
    return unit;
  }

  private static String line(MarkedYamlEngineException e) {
    return e.getProblemMark().map(mark -> "line " + (mark.getLine() + 1) + " ").orElse("");
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
