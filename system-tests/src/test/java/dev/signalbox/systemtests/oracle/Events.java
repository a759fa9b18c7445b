package dev.signalbox.systemtests.oracle;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.signalbox.client.ObjectKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What callbacks did and nobody has looked at yet, in words. Thread-safe. */
final class Events {
  private static final String CANCELLED = "group_cancel_callback";

  private final List<String> seen = new ArrayList<>();

  /** An event of the trace, with the members that tell it from others, in a fixed order. */
  static String word(JsonObject event) {
    StringBuilder word = new StringBuilder(text(event, "event"));
    boolean starts = word.toString().equals("callback_started");
    for (String member : List.of("callback", "object", "run", "wait_result", "seen")) {
      if (event.has(member) && !(starts && member.equals("wait_result"))) {
        word.append(' ').append(member).append('=').append(text(event, member));
      }
    }
    return word.toString();
  }

  private static String text(JsonObject event, String member) {
    JsonElement value = event.get(member);
    if (value.isJsonPrimitive()) {
      return value.getAsString();
    }
    Map<String, String> members = new TreeMap<>();
    value
        .getAsJsonObject()
        .entrySet()
        .forEach(each -> members.put(each.getKey(), each.getValue().getAsString()));
    return members.toString();
  }

  /** What a semaphore or an event of this count is said to be. */
  static String state(ObjectKind kind, int count) {
    return kind == ObjectKind.EVENT ? count > 0 ? "set" : "reset" : Integer.toString(count);
  }

  static String started(String callback, String object) {
    return "callback_started callback=" + callback + (object.isEmpty() ? "" : " object=" + object);
  }

  static String ran(String object, int run, String waitResult) {
    return "callback_ran object=" + object + " run=" + run + " wait_result=" + waitResult;
  }

  static String cancelled(String object) {
    return CANCELLED + " object=" + object;
  }

  static String unloaded(String seen) {
    return "library_unloaded seen=" + seen;
  }

  /** Those of the expected cancellations that were seen, whose order counts. */
  static List<String> cancelled(List<String> seen, List<String> expected) {
    return seen.stream()
        .filter(event -> event.startsWith(CANCELLED) && expected.contains(event))
        .toList();
  }

  /** Time-outs come by the clock, whatever step is under way. */
  static boolean mayComeEarly(String event) {
    return event.endsWith(Win32.WAIT_TIMEOUT);
  }

  synchronized void add(String event) {
    seen.add(event);
    notifyAll();
  }

  synchronized List<String> seen() {
    return List.copyOf(seen);
  }

  /** These have been looked at. */
  synchronized void forget(List<String> some) {
    some.forEach(seen::remove);
  }
}
