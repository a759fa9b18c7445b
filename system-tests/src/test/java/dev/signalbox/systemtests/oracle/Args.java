package dev.signalbox.systemtests.oracle;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of a step. What is not there has the default that the model's own call has.
 *
 * @param json as they stand in the file
 */
record Args(JsonObject json) {
  private static final long INFINITE = 0xFFFF_FFFFL;

  /** The first of these that is there, as text; null if none is, or if it is null. */
  @Nullable String text(String... names) {
    JsonElement found = first(names);
    return found == null ? null : found.getAsString();
  }

  /** The first of these that is there; the default if none is. */
  String text(List<String> names, String otherwise) {
    String found = text(names.toArray(String[]::new));
    return found == null ? otherwise : found;
  }

  /** The first of these that is there, as the 32 bits that the model takes. */
  int number(int otherwise, String... names) {
    JsonElement found = first(names);
    return found == null ? otherwise : (int) number(found);
  }

  boolean flag(String... names) {
    JsonElement found = first(names);
    return found != null && number(found) != 0;
  }

  boolean has(String... names) {
    return first(names) != null;
  }

  /** How long to wait; empty: for ever. */
  Optional<Duration> timeout() {
    JsonElement found = first("timeout_ms", "timeout", "ms");
    if (found == null || found.getAsString().equalsIgnoreCase("INFINITE")) {
      return Optional.empty();
    }
    long millis = number(found);
    return millis < 0 || millis == INFINITE
        ? Optional.empty()
        : Optional.of(Duration.ofMillis(millis));
  }

  /** The name of a handle; empty if it is null. */
  String handle(String name) {
    String found = text(name);
    return found == null ? "" : found;
  }

  /** The elements of a list; each may be null. */
  List<@Nullable String> list(String name) {
    List<@Nullable String> all = new ArrayList<>();
    JsonElement found = json.get(name);
    JsonArray array =
        found == null || found.isJsonNull() ? new JsonArray() : found.getAsJsonArray();
    array.forEach(each -> all.add(each.isJsonNull() ? null : each.getAsString()));
    return all;
  }

  private static long number(JsonElement element) {
    JsonPrimitive value = element.getAsJsonPrimitive();
    if (value.isBoolean()) {
      return value.getAsBoolean() ? 1 : 0;
    }
    return value.isNumber() ? value.getAsLong() : Long.decode(value.getAsString());
  }

  private @Nullable JsonElement first(String... names) {
    for (String name : names) {
      JsonElement found = json.get(name);
      if (found != null && !found.isJsonNull()) {
        return found;
      }
    }
    return null;
  }

  @Override
  public String toString() {
    return json.toString();
  }
}
