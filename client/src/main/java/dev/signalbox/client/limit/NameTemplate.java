package dev.signalbox.client.limit;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** A semaphore's name that may have parts in braces, taken apart once. Immutable. */
final class NameTemplate {
  private static final int LONGEST = 255;

  private final String name;

  /** What stands before the first key, between two of them, and after the last one. */
  private final List<String> literals;

  private final List<String> keys;

  private NameTemplate(String name, List<String> literals, List<String> keys) {
    this.name = name;
    this.literals = literals;
    this.keys = keys;
  }

  /**
   * Takes a name apart.
   *
   * @throws IllegalArgumentException if it is no name, or no value could make it one
   */
  static NameTemplate parse(String name) {
    TemplateParser parser = new TemplateParser(name);
    NameTemplate template = new NameTemplate(name, parser.literals(), parser.keys());
    template.checkLevels();
    template.checkLength();
    return template;
  }

  private void checkLevels() {
    List<String> levels = levels();
    require(levels.stream().noneMatch(String::isEmpty), "a level is empty");
    require(levels.get(0).indexOf('{') < 0, "the first level cannot have parts in braces");
  }

  private void checkLength() {
    int bytes = keys.size() * KeyValue.LONGEST;
    for (String literal : literals) {
      bytes += literal.getBytes(StandardCharsets.UTF_8).length;
    }
    require(
        bytes <= LONGEST,
        keys.isEmpty()
            ? "is longer than 255 bytes"
            : "can become longer than 255 bytes: each part in braces up to " + KeyValue.LONGEST);
  }

  private void require(boolean condition, String why) {
    Checks.require(condition, name, "name", why);
  }

  private List<String> levels() {
    return List.of(name.split("/", -1));
  }

  /** The first level of a name of several; of another one the empty name (O3). */
  String namespace() {
    int end = name.indexOf('/');
    return end < 0 ? "" : name.substring(0, end);
  }

  /** Whether some values may make the same name of both. */
  boolean mayMeet(NameTemplate other) {
    List<String> mine = levels();
    List<String> others = other.levels();
    boolean may = mine.size() == others.size();
    for (int i = 0; may && i < mine.size(); i++) {
      may = levelsMayMeet(mine.get(i), others.get(i));
    }
    return may;
  }

  private static boolean levelsMayMeet(String one, String other) {
    int open = one.indexOf('{');
    int otherOpen = other.indexOf('{');
    if (open < 0 && otherOpen < 0) {
      return one.equals(other);
    }
    String before = open < 0 ? one : one.substring(0, open);
    String otherBefore = otherOpen < 0 ? other : other.substring(0, otherOpen);
    String after = open < 0 ? one : one.substring(one.lastIndexOf('}') + 1);
    String otherAfter = otherOpen < 0 ? other : other.substring(other.lastIndexOf('}') + 1);
    return (before.startsWith(otherBefore) || otherBefore.startsWith(before))
        && (after.endsWith(otherAfter) || otherAfter.endsWith(after));
  }

  boolean isFixed() {
    return keys.isEmpty();
  }

  /**
   * The name for these values.
   *
   * @throws IllegalArgumentException if one is missing
   */
  String resolve(LimitKeys values) {
    if (keys.isEmpty()) {
      return name;
    }
    StringBuilder to = new StringBuilder(name.length() + 32).append(literals.get(0));
    for (int i = 0; i < keys.size(); i++) {
      KeyValue.append(to, value(values, keys.get(i)));
      to.append(literals.get(i + 1));
    }
    return to.toString();
  }

  private String value(LimitKeys values, String key) {
    String value = values.values().get(key);
    if (value == null) {
      throw new IllegalArgumentException("keys: '" + key + "' is missing for limit '" + name + "'");
    }
    return value;
  }
}
