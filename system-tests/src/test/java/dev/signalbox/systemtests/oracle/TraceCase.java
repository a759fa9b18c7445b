package dev.signalbox.systemtests.oracle;

import com.google.gson.JsonObject;
import com.google.gson.annotations.SerializedName;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One recorded run: steps that were taken one at a time.
 *
 * @param name tells it from the others
 * @param portable {@code yes}, {@code adapt} or {@code no}
 * @param rules the reference model's rules that it shows
 * @param title what it shows, in a line
 * @param json the steps as they stand in the file
 * @param stillBlocked actors that wait when it ends
 */
record TraceCase(
    @SerializedName("case") String name,
    @Nullable String portable,
    @Nullable List<String> rules,
    @Nullable String title,
    @SerializedName("steps") List<JsonObject> json,
    @SerializedName("still_blocked_at_end") @Nullable List<String> stillBlocked) {

  /** Whether it makes sense inside one process of the model alone. */
  boolean isBoundToOneProcess() {
    return "no".equals(portable);
  }

  List<Step> steps() {
    return json.stream().map(Step::new).toList();
  }

  Set<String> stillBlockedAtEnd() {
    return stillBlocked == null ? Set.of() : new TreeSet<>(stillBlocked);
  }
}
