package dev.signalbox.systemtests.oracle;

import com.google.gson.JsonObject;
import dev.signalbox.client.SemaphoreInfo;

/**
 * What a semaphore shows.
 *
 * @param current its count
 * @param maximum its max count
 */
record Counts(int current, int maximum) {
  static Counts of(JsonObject json) {
    return new Counts(json.get("current").getAsInt(), json.get("maximum").getAsInt());
  }

  static Counts of(SemaphoreInfo info) {
    return new Counts(info.count(), info.max());
  }

  @Override
  public String toString() {
    return current + "/" + maximum;
  }
}
