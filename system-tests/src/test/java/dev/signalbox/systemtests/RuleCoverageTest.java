package dev.signalbox.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Holds the contract and the tests together: every rule of docs/semantics.md is named by a test.
 */
class RuleCoverageTest {
  /** Rules without a test, with what brings their tests. */
  private static final Map<String, String> PENDING =
      Map.of(
          "C7", "the whole family of callback pools",
          "C8", "the whole family of callback pools",
          "C9", "the whole family of callback pools",
          "C10", "the whole family of callback pools",
          "X1", "rights",
          "X3", "rights");

  /** Rules that are tested as far as they go now, with what brings the rest. */
  private static final Map<String, String> PARTIAL =
      Map.of("Q3", "rights: quotas per identity and namespace");

  private static final Pattern HEADING = Pattern.compile("(?m)^- ([A-Z]\\d+) ");
  private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|(?m)^\\s*//.*$");
  private static final Pattern ANNOTATION = Pattern.compile("@Rule\\(([^)]*)\\)");
  private static final Pattern ID = Pattern.compile("\"([^\"]*)\"");

  private static Set<String> rules = Set.of();
  private static Map<String, Set<String>> testsByRule = Map.of();

  @BeforeAll
  static void readContractAndTests() throws IOException {
    Path root = Project.root();
    rules = new TreeSet<>(groups(HEADING, Files.readString(root.resolve("docs/semantics.md"))));
    testsByRule = testsByRule(root);
    say("has no test", PENDING);
    say("is tested in part", PARTIAL);
  }

  @Test
  void contract_whenRead_hasItsRules() {
    assertThat(rules).hasSizeGreaterThan(50).contains("O1", "A10", "L9", "X3");
  }

  @Test
  void rule_unlessPending_isNamedByATest() {
    Set<String> untested = new TreeSet<>(rules);
    untested.removeAll(testsByRule.keySet());
    untested.removeAll(PENDING.keySet());
    assertThat(untested).as("rules without a test").isEmpty();
  }

  @Test
  void pendingRule_onceTested_leavesTheList() {
    assertThat(testsByRule)
        .as("tests of rules that are said to have none")
        .doesNotContainKeys(ids(PENDING));
  }

  @Test
  void partialRule_always_hasATest() {
    assertThat(testsByRule).containsKeys(ids(PARTIAL));
  }

  @Test
  void listedRule_always_standsInTheContract() {
    assertThat(rules).contains(ids(PENDING)).contains(ids(PARTIAL));
  }

  @Test
  void test_namingARule_namesOneOfTheContract() {
    Map<String, Set<String>> unknown = new TreeMap<>(testsByRule);
    unknown.keySet().removeAll(rules);
    assertThat(unknown).as("tests that name a rule that is none").isEmpty();
  }

  private static void say(String what, Map<String, String> list) {
    new TreeMap<>(list)
        .forEach((rule, bringer) -> System.out.println(rule + " " + what + ", until: " + bringer));
  }

  private static String[] ids(Map<String, String> list) {
    return list.keySet().toArray(String[]::new);
  }

  private static Map<String, Set<String>> testsByRule(Path root) throws IOException {
    Map<String, Set<String>> tests = new TreeMap<>();
    try (Stream<Path> modules = Files.list(root)) {
      modules
          .map(module -> module.resolve("src/test/java"))
          .filter(Files::isDirectory)
          .flatMap(RuleCoverageTest::sources)
          .forEach(source -> addRules(source, tests));
    }
    return tests;
  }

  private static Stream<Path> sources(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void addRules(Path source, Map<String, Set<String>> tests) {
    for (String annotation : groups(ANNOTATION, code(source))) {
      for (String rule : groups(ID, annotation)) {
        tests
            .computeIfAbsent(rule, any -> new TreeSet<>())
            .add(String.valueOf(source.getFileName()));
      }
    }
  }

  private static String code(Path source) {
    try {
      return COMMENT.matcher(Files.readString(source)).replaceAll("");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<String> groups(Pattern pattern, String text) {
    Set<String> found = new TreeSet<>();
    pattern.matcher(text).results().map((MatchResult match) -> match.group(1)).forEach(found::add);
    return found;
  }
}
