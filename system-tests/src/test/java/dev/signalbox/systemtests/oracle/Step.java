package dev.signalbox.systemtests.oracle;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * One step of a recorded run.
 *
 * @param json all that was recorded of it
 */
record Step(JsonObject json) {
  int seq() {
    return json.get("seq").getAsInt();
  }

  /** Who takes it. */
  String actor() {
    return json.get("actor").getAsString();
  }

  String op() {
    return json.get("op").getAsString();
  }

  Args args() {
    JsonElement args = json.get("args");
    return new Args(args == null || args.isJsonNull() ? new JsonObject() : args.getAsJsonObject());
  }

  /** What is to be expected in place of what was recorded; null: nothing. */
  @Nullable JsonObject correction() {
    JsonElement windows = json.get("windows");
    boolean differs =
        windows != null
            && windows.isJsonObject()
            && windows.getAsJsonObject().has("differs")
            && windows.getAsJsonObject().get("differs").getAsBoolean()
            && windows.getAsJsonObject().has("expect");
    return differs ? windows.getAsJsonObject().getAsJsonObject("expect") : null;
  }

  @Override
  public String toString() {
    return "step " + seq() + " (" + actor() + ": " + op() + " " + args() + ")";
  }
}
