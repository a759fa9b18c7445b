package dev.signalbox.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Writes RESULTS.md, the plots and every single figure. */
final class Report {
  private final Results results;
  private final Noise noise;
  private final List<String> remarks;
  private final String[] arguments;
  private final Duration took;

  Report(Results results, Noise noise, List<String> remarks, String[] arguments, Duration took) {
    this.results = results;
    this.noise = noise;
    this.remarks = remarks;
    this.arguments = arguments;
    this.took = took;
  }

  /** Into RESULTS.md and the folder {@code results} beside it. */
  void write(Path directory) throws IOException {
    Path folder = Files.createDirectories(directory.resolve("results"));
    Files.writeString(folder.resolve("figures.csv"), figures());
    for (Metric metric : Metric.values()) {
      Map<String, Series> series = results.of(metric);
      if (series.size() > 1) {
        Files.writeString(folder.resolve(plot(metric)), Plot.of(metric.title(), series));
      }
    }
    Files.writeString(directory.resolve("RESULTS.md"), text());
  }

  private String text() {
    StringBuilder text = new StringBuilder("# Results\n\n");
    text.append(
        "Written by the load driver; [README.md](README.md) says what the workloads are.\n\n");
    text.append("    benchmarks/run");
    for (String argument : arguments) {
      text.append(argument.startsWith("--out=") ? "" : " " + argument);
    }
    text.append("\n\n");
    text.append(machine()).append("\n\n").append(noise.report()).append('\n');
    remarks.forEach(remark -> text.append("\n- ").append(remark));
    text.append("\n\n## What was asked\n\n").append(Bars.table(results));
    text.append(
        "\n## Figures\n\nThe median of the rounds, and in brackets the least and the most.\n");
    workloads().forEach(workload -> text.append('\n').append(table(workload)));
    text.append(
        "\n## Plots\n\nBars are medians, the lines in them go from the least to the most.\n\n");
    for (Metric metric : Metric.values()) {
      if (results.of(metric).size() > 1) {
        text.append(
            String.format(
                "![%s](results/%s)%n", metric.workload() + " " + metric.title(), plot(metric)));
      }
    }
    return text.toString();
  }

  private String machine() {
    return String.format(
        Locale.ROOT,
        "%d cores, %s %s, Java %s. Servers in processes of their own, every JVM of them with `%s`."
            + " The run took %d min %d s.",
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.name"),
        System.getProperty("os.arch"),
        System.getProperty("java.version"),
        JavaProcess.flags(),
        took.toMinutes(),
        took.toSecondsPart());
  }

  private Set<String> workloads() {
    Set<String> ids = new LinkedHashSet<>();
    for (Metric metric : Metric.values()) {
      if (!results.of(metric).isEmpty()) {
        ids.add(metric.workload());
      }
    }
    return ids;
  }

  private String table(String workload) {
    List<Metric> metrics =
        Arrays.stream(Metric.values())
            .filter(metric -> metric.workload().equals(workload) && !results.of(metric).isEmpty())
            .toList();
    Set<String> rows = new LinkedHashSet<>();
    metrics.forEach(metric -> rows.addAll(results.of(metric).keySet()));
    StringBuilder table = new StringBuilder("### " + workload + "\n\n| |");
    metrics.forEach(metric -> table.append(' ').append(metric.title()).append(" |"));
    table.append("\n| --- |").append(" ---: |".repeat(metrics.size())).append('\n');
    for (String row : rows) {
      table.append("| ").append(row).append(" |");
      metrics.forEach(metric -> table.append(' ').append(cell(metric, row)).append(" |"));
      table.append('\n');
    }
    return table.toString();
  }

  private String cell(Metric metric, String contestant) {
    return results
        .of(metric, contestant)
        .map(series ->
            Metric.format(series.median())
                + " ("
                + Metric.format(series.least())
                + " – "
                + Metric.format(series.most())
                + ")")
        .orElse("–");
  }

  private static String plot(Metric metric) {
    return metric.name().toLowerCase(Locale.ROOT).replace('_', '-') + ".svg";
  }

  private String figures() {
    StringBuilder lines = new StringBuilder("figure,contestant,rounds\n");
    for (Metric metric : Metric.values()) {
      results
          .of(metric)
          .forEach((contestant, series) -> {
            List<String> cells = new ArrayList<>(List.of(metric.name(), contestant));
            series.values().forEach(value -> cells.add(String.format(Locale.ROOT, "%.3f", value)));
            lines.append(String.join(",", cells)).append('\n');
          });
    }
    return lines.toString();
  }
}
