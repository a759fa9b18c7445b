package dev.signalbox.server.ratelimit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** The fields of one mapping of the file. Every complaint names the path and the line. */
final class Fields {
  private final String path;
  private final Node node;
  private final Map<String, Node> fields = new LinkedHashMap<>();

  private Fields(String path, Node node) {
    this.path = path;
    this.node = node;
  }

  /**
   * Reads a mapping.
   *
   * @param path what to call it
   * @param known the keys that it may have
   */
  static Fields of(String path, Node node, Set<String> known) {
    Fields read = new Fields(path, node);
    if (!(node instanceof MappingNode mapping)) {
      throw read.invalid("must be a mapping");
    }
    for (NodeTuple field : mapping.getValue()) {
      read.add(field, known);
    }
    return read;
  }

  private void add(NodeTuple field, Set<String> known) {
    String key = field.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
    if (!known.contains(key)) {
      throw problem(
          path + "." + key, field.getKeyNode(), "is unknown; known are " + new TreeSet<>(known));
    }
    if (fields.put(key, field.getValueNode()) != null) {
      throw problem(path + "." + key, field.getKeyNode(), "is given twice");
    }
  }

  String path() {
    return path;
  }

  boolean has(String key) {
    return fields.containsKey(key);
  }

  /** A text that must be there and not be empty. */
  String text(String key) {
    String text = optionalText(key);
    if (text == null) {
      throw invalid(key, "is missing");
    }
    return text;
  }

  /** A text that is not empty; null if the field is missing. */
  @Nullable String optionalText(String key) {
    Node value = fields.get(key);
    if (value == null) {
      return null;
    }
    if (!(value instanceof ScalarNode scalar)) {
      throw invalid(key, "must be a text");
    }
    if (scalar.getValue().isEmpty() || scalar.getTag().equals(Tag.NULL)) {
      throw invalid(key, "must not be empty");
    }
    return scalar.getValue();
  }

  /** A whole number; null if the field is missing. */
  @Nullable Integer optionalNumber(String key) {
    String text = optionalText(key);
    try {
      return text == null ? null : Integer.valueOf(text);
    } catch (NumberFormatException e) {
      throw invalid(key, "must be a number from 0 to 2147483647, not '" + text + "'");
    }
  }

  /** {@code true} or {@code false}; false if the field is missing. */
  boolean flag(String key) {
    String text = optionalText(key);
    if (text != null && !text.equals("true") && !text.equals("false")) {
      throw invalid(key, "must be true or false, not '" + text + "'");
    }
    return Boolean.parseBoolean(text);
  }

  /** A sequence; empty if the field is missing. */
  List<Node> list(String key) {
    Node value = fields.get(key);
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof SequenceNode sequence)) {
      throw invalid(key, "must be a sequence");
    }
    return sequence.getValue();
  }

  /** A mapping; null if the field is missing. */
  @Nullable Fields optional(String key, Set<String> known) {
    Node value = fields.get(key);
    return value == null ? null : of(path + "." + key, value, known);
  }

  /** What is wrong with a field. */
  InvalidLimits invalid(String key, String why) {
    return problem(path + "." + key, fields.getOrDefault(key, node), why);
  }

  /** What is wrong with the mapping as a whole. */
  InvalidLimits invalid(String why) {
    return problem(path, node, why);
  }

  private static InvalidLimits problem(String path, Node where, String why) {
    String line =
        where.getStartMark().map(mark -> " (line " + (mark.getLine() + 1) + ")").orElse("");
    return new InvalidLimits(path + line + " " + why);
  }
}
