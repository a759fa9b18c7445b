package dev.signalbox.systemtests.oracle;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.signalbox.systemtests.oracle.CaseResult.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What came of a file of cases, for people and for programs.
 *
 * @param file that was replayed
 * @param results one per case, in their order
 */
record Report(String file, List<CaseResult> results) {
  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  /** Copies the list. */
  Report {
    results = List.copyOf(results);
  }

  List<CaseResult> with(Outcome outcome) {
    return results.stream().filter(result -> result.outcome() == outcome).toList();
  }

  /** Which cases failed, and why. */
  List<String> failures() {
    return with(Outcome.FAILED).stream()
        .map(result -> result.name() + ": " + result.why())
        .toList();
  }

  private long count(Outcome outcome) {
    return with(outcome).size();
  }

  /** The deviations that were needed. */
  Set<Deviation> deviations() {
    return results.stream()
        .flatMap(result -> result.deviations().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The table that people read. */
  String table() {
    StringBuilder table = new StringBuilder("Replay of " + file + "\n");
    for (CaseResult result : results) {
      table.append(
          String.format("  %-7s %-36s %s%n", result.outcome(), result.name(), remark(result)));
    }
    deviations().forEach(each -> table.append("  deviation ").append(each).append('\n'));
    return table
        .append(
            String.format(
                "  %d passed, %d failed, %d skipped",
                count(Outcome.PASSED), count(Outcome.FAILED), count(Outcome.SKIPPED)))
        .toString();
  }

  private static String remark(CaseResult result) {
    List<String> remarks = new ArrayList<>();
    if (!result.why().isEmpty()) {
      remarks.add(result.why());
    }
    result.deviations().forEach(each -> remarks.add(each.name() + " (" + each.ours() + ")"));
    return String.join("; ", remarks);
  }

  /** Writes the same as JSON. */
  void write(Path path) throws IOException {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("file", file);
    json.put("passed", count(Outcome.PASSED));
    json.put("failed", count(Outcome.FAILED));
    json.put("skipped", count(Outcome.SKIPPED));
    json.put("deviations", deviations().stream().map(Report::json).toList());
    json.put("cases", results.stream().map(Report::json).toList());
    Files.createDirectories(path.toAbsolutePath().getParent());
    Files.writeString(path, GSON.toJson(json) + "\n");
  }

  private static Map<String, Object> json(Deviation deviation) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", deviation.name());
    json.put("model", deviation.model());
    json.put("ours", deviation.ours());
    json.put("touches", deviation.touches());
    json.put("expects", deviation.expects());
    return json;
  }

  private static Map<String, Object> json(CaseResult result) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("case", result.name());
    json.put("title", result.title());
    json.put("outcome", result.outcome().name());
    json.put("why", result.why());
    json.put("deviations", result.deviations().stream().map(Deviation::name).toList());
    return json;
  }
}
