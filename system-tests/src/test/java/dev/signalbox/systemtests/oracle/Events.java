package dev.signalbox.systemtests.oracle;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** What callbacks did and nobody has looked at yet, in words. Thread-safe. */
final class Events {
  private final List<String> seen = new ArrayList<>();

  /** An event of the trace, with the members that tell it from others, in a fixed order. */
  static String word(JsonObject event) {
    StringBuilder word = new StringBuilder(text(event, "event"));
    for (String member : List.of("callback", "object", "run", "wait_result", "seen")) {
      if (event.has(member)) {
        word.append(' ').append(member).append('=').append(text(event, member));
      }
    }
    return word.toString();
  }

  private static String text(JsonObject event, String member) {
    JsonElement value = event.get(member);
    return value.isJsonPrimitive() ? value.getAsString() : value.toString();
  }

  static String started(String callback, String object) {
    return "callback_started callback=" + callback + (object.isEmpty() ? "" : " object=" + object);
  }

  static String ran(String object, int run, String waitResult) {
    return "callback_ran object=" + object + " run=" + run + " wait_result=" + waitResult;
  }

  static String cancelled(String object) {
    return "group_cancel_callback object=" + object;
  }

  static String unloaded(String seen) {
    return "library_unloaded seen=" + seen;
  }

  /** Time-outs alone come by the clock, whatever step is under way. */
  static boolean isByTheClock(String event) {
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
