package dev.signalbox.systemtests.oracle;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonPrimitive;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a step was answered, in the words of the trace.
 *
 * @param facts by name; {@code error} is the code of the model, 0 for none
 */
record Answer(Map<String, JsonElement> facts) {
  static final String ERROR = "error";

  /** Copies the map. */
  Answer {
    facts = new TreeMap<>(facts);
  }

  static Answer done() {
    return new Answer(Map.of()).with("ok", true).with(ERROR, 0);
  }

  static Answer failed(int error) {
    return new Answer(Map.of()).with("ok", false).with(ERROR, error);
  }

  /** A wait that took something. */
  static Answer waited(String result) {
    return done().with("wait", result);
  }

  /** A wait that ended without taking anything, which is no error. */
  static Answer timedOut() {
    return done().with("ok", false).with("wait", Win32.WAIT_TIMEOUT);
  }

  Answer with(String name, JsonElement value) {
    Map<String, JsonElement> more = new TreeMap<>(facts);
    more.put(name, value);
    return new Answer(more);
  }

  Answer with(String name, Number value) {
    return with(name, new JsonPrimitive(value));
  }

  Answer with(String name, boolean value) {
    return with(name, new JsonPrimitive(value));
  }

  Answer with(String name, String value) {
    return with(name, new JsonPrimitive(value));
  }

  Answer withNull(String name) {
    return with(name, JsonNull.INSTANCE);
  }

  boolean isOk() {
    JsonElement ok = facts.get("ok");
    return ok != null && ok.getAsBoolean();
  }

  boolean isTimeout() {
    return new JsonPrimitive(Win32.WAIT_TIMEOUT).equals(facts.get("wait"));
  }

  @Override
  public String toString() {
    return facts.toString();
  }
}
