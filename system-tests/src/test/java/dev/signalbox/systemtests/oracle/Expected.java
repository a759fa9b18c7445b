package dev.signalbox.systemtests.oracle;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a step must come to. Immutable: each method returns a changed copy.
 *
 * @param blocked whether it does not come back
 * @param facts what its answer must say; empty if it blocks
 * @param completions what earlier steps that were blocked must be answered now, by their number
 * @param events what callbacks do, in words
 * @param counts of the handles that show them; null: not recorded
 */
record Expected(
    boolean blocked,
    Map<String, JsonElement> facts,
    Map<Integer, Map<String, JsonElement>> completions,
    List<String> events,
    @Nullable Map<String, Counts> counts) {

  /** What is compared; other members of a step are remarks. */
  private static final Set<String> COMPARED =
      Set.of(
          "ok",
          "wait",
          "index",
          "previous",
          "current",
          "maximum",
          "acquired",
          "last_wait",
          "acquired_by_child",
          "ntstatus",
          "elapsed_ge_timeout",
          "completion");

  static Expected of(Step step) {
    JsonObject json = step.json().deepCopy();
    JsonObject correction = step.correction();
    if (correction != null) {
      correction.entrySet().forEach(each -> json.add(each.getKey(), each.getValue()));
    }
    if (step.op().equals("callback returns")) {
      json.addProperty("completion", "ok");
    }
    boolean blocked = json.has("outcome") && "blocked".equals(json.get("outcome").getAsString());
    Map<Integer, Map<String, JsonElement>> completions = new TreeMap<>();
    for (JsonElement each : array(json, "completions")) {
      JsonObject completion = each.getAsJsonObject();
      completions.put(completion.get("of_seq").getAsInt(), facts(completion));
    }
    return new Expected(
        blocked,
        blocked ? Map.of() : facts(json),
        completions,
        array(json, "events").stream().map(each -> Events.word(each.getAsJsonObject())).toList(),
        counts(json));
  }

  /** Where the call left the error alone, success says nothing of it, and failure says none. */
  private static Map<String, JsonElement> facts(JsonObject json) {
    Map<String, JsonElement> facts = new TreeMap<>();
    json.entrySet().stream()
        .filter(each -> COMPARED.contains(each.getKey()))
        .forEach(each -> facts.put(each.getKey(), each.getValue()));
    JsonElement error = json.get("last_error");
    boolean ok = json.has("ok") && json.get("ok").getAsBoolean();
    if (error != null && !error.isJsonNull()) {
      facts.put(Answer.ERROR, error);
    } else if (error != null && !ok) {
      facts.put(Answer.ERROR, new JsonPrimitive(0));
    }
    return facts;
  }

  private static List<JsonElement> array(JsonObject json, String name) {
    return json.has(name) ? json.getAsJsonArray(name).asList() : List.of();
  }

  private static @Nullable Map<String, Counts> counts(JsonObject json) {
    if (!json.has("counts")) {
      return null;
    }
    Map<String, Counts> counts = new TreeMap<>();
    json.getAsJsonObject("counts")
        .entrySet()
        .forEach(each -> counts.put(each.getKey(), Counts.of(each.getValue().getAsJsonObject())));
    return counts;
  }

  /** What is wrong with an answer; empty: nothing. */
  static List<String> differences(Map<String, JsonElement> expected, Answer answer) {
    List<String> wrong = new ArrayList<>();
    expected.forEach((name, value) -> {
      JsonElement found = answer.facts().get(name);
      if (!value.equals(found)) {
        wrong.add(name + " is " + found + " instead of " + value);
      }
    });
    return wrong;
  }

  Expected with(String fact, JsonElement value) {
    Map<String, JsonElement> more = new TreeMap<>(facts);
    more.put(fact, value);
    return new Expected(blocked, more, completions, events, counts);
  }

  Expected refused(int error) {
    return with("ok", new JsonPrimitive(false)).with(Answer.ERROR, new JsonPrimitive(error));
  }

  Expected accepted(int error) {
    return with("ok", new JsonPrimitive(true)).with(Answer.ERROR, new JsonPrimitive(error));
  }

  boolean isOk() {
    return new JsonPrimitive(true).equals(facts.get("ok"));
  }

  /** Whether it succeeds without a remark such as that something existed. */
  boolean isOk(int remark) {
    JsonElement error = facts.get(Answer.ERROR);
    return isOk() && (error == null || error.getAsInt() == remark);
  }

  boolean isRefused(int error) {
    return !isOk() && new JsonPrimitive(error).equals(facts.get(Answer.ERROR));
  }

  /** A wait that fails at once. */
  Expected failedWait(int error) {
    Map<String, JsonElement> failed = new TreeMap<>();
    failed.put("wait", new JsonPrimitive(Win32.WAIT_FAILED));
    return new Expected(false, failed, completions, events, counts).refused(error);
  }

  Expected completingWith(String reason) {
    return with("completion", new JsonPrimitive(reason));
  }

  /** With these counts of handles that show some. */
  Expected withCounts(Map<String, Counts> shown) {
    Expected with = this;
    for (Map.Entry<String, Counts> each : shown.entrySet()) {
      boolean recorded = counts != null && counts.containsKey(each.getKey());
      with = recorded ? with.withCounts(each.getKey(), each.getValue()) : with;
    }
    return with;
  }

  /** With so many permits more wherever an object is shown. */
  Expected withMore(Handles handles, String object, int permits) {
    Map<String, Counts> more = new TreeMap<>();
    (counts == null ? Map.<String, Counts>of() : counts)
        .forEach((name, shown) -> {
          Handle handle = handles.find(name);
          if (handle != null && handle.object().equals(object)) {
            more.put(name, new Counts(shown.current() + permits, shown.maximum()));
          }
        });
    return withCounts(more);
  }

  Expected withEvents(List<String> others) {
    return new Expected(blocked, facts, completions, List.copyOf(others), counts);
  }

  Expected withCounts(String handle, Counts shown) {
    Map<String, Counts> more = new TreeMap<>(counts == null ? Map.of() : counts);
    more.put(handle, shown);
    return new Expected(blocked, facts, completions, events, more);
  }

  Expected withoutCounts(String handle) {
    Map<String, Counts> fewer = new TreeMap<>(counts == null ? Map.of() : counts);
    fewer.remove(handle);
    return new Expected(blocked, facts, completions, events, counts == null ? null : fewer);
  }

  Expected withEvent(String event) {
    List<String> more = new ArrayList<>(events);
    more.add(event);
    return withEvents(more);
  }
}
