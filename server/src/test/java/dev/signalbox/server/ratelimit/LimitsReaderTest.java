package dev.signalbox.server.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LimitsReaderTest {
  private static final String RULES =
      """
      domain: edge
      descriptors:
        - key: tenant
          rate_limit: {unit: minute, requests_per_unit: 60}
        - key: tenant
          value: acme
          rate_limit:
            unit: SECOND
            requests_per_unit: 100
            burst: 250
          descriptors:
            - key: route
              value: /search
              rate_limit: {unit: hour, requests_per_unit: 7}
              shadow_mode: true
        - key: tenant
          value: 42
          rate_limit: {unlimited: true}
        - key: path
          descriptors:
            - key: method
              value: "POST"
              rate_limit: {unit: day, requests_per_unit: 0}
      ---
      domain: inside
      descriptors: []
      ---
      """;

  @Test
  void ruleForTheValue_winsOverTheOneForAny() {
    assertThat(limit("edge", "tenant", "acme")).isEqualTo(new Limit(100, Unit.SECOND, 250));
    assertThat(limit("edge", "tenant", "other")).isEqualTo(new Limit(60, Unit.MINUTE, 60));
  }

  @Test
  void way_hasToBeGoneToItsEnd() {
    assertThat(limit("edge", "tenant", "acme", "route", "/search"))
        .isEqualTo(new Limit(7, Unit.HOUR, 7));
    assertThat(match("edge", "tenant", "acme", "route", "/else")).isNull();
    assertThat(match("edge", "tenant", "other", "route", "/search")).isNull();
    assertThat(limit("edge", "path", "/a", "method", "POST").isClosed()).isTrue();
  }

  @Test
  void noRule_noLimit_orUnlimited_limitsNothing() {
    assertThat(match("edge", "who", "anybody")).isNull();
    assertThat(match("unknown", "tenant", "acme")).isNull();
    assertThat(match("inside", "tenant", "acme")).isNull();
    assertThat(Objects.requireNonNull(match("edge", "path", "/a")).limit()).isNull();
    assertThat(Objects.requireNonNull(match("edge", "tenant", "42")).limit()).isNull();
  }

  @Test
  void shadowMode_isOfItsRuleAlone() {
    assertThat(Objects.requireNonNull(match("edge", "tenant", "acme")).shadow()).isFalse();
    assertThat(Objects.requireNonNull(match("edge", "tenant", "acme", "route", "/search")).shadow())
        .isTrue();
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("mistakes")
  void mistake_isNamedWithItsPlace(String yaml, String message) {
    assertThatThrownBy(() -> LimitsReader.read(yaml))
        .isInstanceOf(InvalidLimits.class)
        .hasMessage(message);
  }

  private static Stream<Arguments> mistakes() {
    return Stream.of(
        Arguments.of("", "has no domain"),
        Arguments.of("# nothing", "has no domain"),
        Arguments.of("- a", "domains[0] (line 1) must be a mapping"),
        Arguments.of(
            "domain: [", "line 1 is no YAML: expected the node content, but found '<stream end>'"),
        Arguments.of("descriptors: []", "domains[0].domain (line 1) is missing"),
        Arguments.of("domain:", "domains[0].domain (line 1) must not be empty"),
        Arguments.of("domain: {a: b}", "domains[0].domain (line 1) must be a text"),
        Arguments.of(
            "domain: a\n---\ndomain: a", "domains[1].domain (line 3) 'a' has a document before"),
        Arguments.of(
            "domain: " + "/".repeat(43),
            "domains[0].domain (line 1) must be at most 128 bytes, escaped for a name"),
        Arguments.of(
            "domain: a\nlimits: 3",
            "domains[0].limits (line 2) is unknown; known are [descriptors, domain]"),
        Arguments.of("domain: a\ndomain: b", "domains[0].domain (line 2) is given twice"),
        Arguments.of(
            "domain: a\ndescriptors: 3", "domains[0].descriptors (line 2) must be a sequence"),
        Arguments.of(rule("value: b"), "domains[0].descriptors[0].key (line 3) is missing"),
        Arguments.of(
            rule("key: a, value: 'b*'"),
            "domains[0].descriptors[0].value (line 3) must not end with '*': left out, each value"
                + " has a limit of its own"),
        Arguments.of(
            rule("key: a, value: ''"),
            "domains[0].descriptors[0].value (line 3) must not be empty"),
        Arguments.of(
            rule("key: a, replaces: b"),
            "domains[0].descriptors[0].replaces (line 3) is unknown; known are [descriptors, key,"
                + " rate_limit, shadow_mode, value]"),
        Arguments.of(
            rule("key: a, value: b") + "\n  - {value: b, key: a}",
            "domains[0].descriptors[1] (line 4) has the key and value of domains[0].descriptors[0]"),
        Arguments.of(
            rule("key: a, shadow_mode: yes"),
            "domains[0].descriptors[0].shadow_mode (line 3) must be true or false, not 'yes'"),
        Arguments.of(
            rule("key: a, shadow_mode: true"),
            "domains[0].descriptors[0].shadow_mode (line 3) needs a rate_limit that limits"),
        Arguments.of(
            rule("key: a, rate_limit: 5"),
            "domains[0].descriptors[0].rate_limit (line 3) must be a mapping"),
        Arguments.of(
            limited("requests_per_unit: 5"),
            "domains[0].descriptors[0].rate_limit.unit (line 3) is missing"),
        Arguments.of(
            limited("unit: second"),
            "domains[0].descriptors[0].rate_limit.requests_per_unit (line 3) is missing"),
        Arguments.of(
            limited("unit: month, requests_per_unit: 5"),
            "domains[0].descriptors[0].rate_limit.unit (line 3) must be second, minute, hour or"
                + " day, not 'month'"),
        Arguments.of(
            limited("unit: second, requests_per_unit: many"),
            "domains[0].descriptors[0].rate_limit.requests_per_unit (line 3) must be a number from"
                + " 0 to 2147483647, not 'many'"),
        Arguments.of(
            limited("unit: second, requests_per_unit: -1"),
            "domains[0].descriptors[0].rate_limit.requests_per_unit (line 3) must not be negative"),
        Arguments.of(
            limited("unit: day, requests_per_unit: 60000000"),
            "domains[0].descriptors[0].rate_limit.requests_per_unit (line 3) must be at most"
                + " 53375995 per DAY"),
        Arguments.of(
            limited("unit: second, requests_per_unit: 5, burst: 0"),
            "domains[0].descriptors[0].rate_limit.burst (line 3) must be at least 1"),
        Arguments.of(
            limited("unit: day, requests_per_unit: 1, burst: 366"),
            "domains[0].descriptors[0].rate_limit.burst (line 3) must not take 365 days to come"
                + " back"),
        Arguments.of(
            limited("unlimited: true, unit: second"),
            "domains[0].descriptors[0].rate_limit.unlimited (line 3) must stand alone"),
        Arguments.of(
            "domain: a\ndescriptors: &d\n  - {key: a, descriptors: *d}",
            "domains[0]"
                + ".descriptors[0]".repeat(16)
                + ".descriptors (line 2) lie more than 16 deep"));
  }

  @Test
  void tooManyRules_areRefused() {
    StringBuilder yaml = new StringBuilder("domain: a\ndescriptors:\n");
    for (int i = 0; i <= LimitsReader.MAX_RULES; i++) {
      yaml.append("  - {key: k, value: ").append(i).append("}\n");
    }
    assertThatThrownBy(() -> LimitsReader.read(yaml.toString()))
        .hasMessage(
            "domains[0].descriptors[10000] (line 10003) is one rule too many: there can be 10000");
  }

  private static String rule(String fields) {
    return "domain: a\ndescriptors:\n  - {" + fields + "}";
  }

  private static String limited(String fields) {
    return rule("key: a, rate_limit: {" + fields + "}");
  }

  private static Limit limit(String domain, String... way) {
    return Objects.requireNonNull(Objects.requireNonNull(match(domain, way)).limit());
  }

  private static @Nullable LimitRule match(String domain, String... way) {
    return LimitsReader.read(RULES).match(domain, entries(way));
  }

  static List<Descriptor.Entry> entries(String... way) {
    return Stream.iterate(0, i -> i < way.length, i -> i + 2)
        .map(i -> new Descriptor.Entry(way[i], way[i + 1]))
        .toList();
  }
}
