package dev.signalbox.examples.mainjob;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A JSON object in the making: names and values in the order in which they were put. */
final class Json {
  private final Map<String, String> members = new LinkedHashMap<>();

  /** Puts a number, a truth value, an object, or anything else as text; null as null. */
  Json put(String name, @Nullable Object value) {
    members.put(name, render(value));
    return this;
  }

  /** Puts a list of objects. */
  Json put(String name, List<Json> values) {
    members.put(
        name, values.stream().map(Json::toString).collect(Collectors.joining(",", "[", "]")));
    return this;
  }

  private static String render(@Nullable Object value) {
    boolean bare =
        value == null
            || value instanceof Number
            || value instanceof Boolean
            || value instanceof Json;
    return bare ? String.valueOf(value) : quote(String.valueOf(value));
  }

  private static String quote(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ') {
        quoted.append(Text.format("\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }

  @Override
  public String toString() {
    return members.entrySet().stream()
        .map(member -> quote(member.getKey()) + ":" + member.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }
}
