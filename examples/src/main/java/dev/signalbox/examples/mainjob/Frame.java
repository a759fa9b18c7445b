package dev.signalbox.examples.mainjob;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How the job stands at one moment.
 *
 * @param elapsed since it began
 * @param rows one per worker
 * @param done files done
 * @param files files in all
 * @param bytes of work done
 * @param bytesInAll of work
 * @param held permits held, by the service's word
 * @param max permits in all
 */
record Frame(
    Duration elapsed,
    List<Row> rows,
    int done,
    int files,
    long bytes,
    long bytesInAll,
    long held,
    int max) {
  private static final int BAR = 24;

  /**
   * One worker.
   *
   * @param name its name
   * @param pid its process
   * @param holds permits, by the service's word
   * @param waitsFor permits
   * @param done files
   * @param killed whether it was
   */
  record Row(String name, long pid, long holds, long waitsFor, int done, boolean killed) {
    private String block() {
      String state = killed ? "killed" : "waits for " + waitsFor;
      String marks = "#".repeat((int) Math.min(holds, 12));
      return Text.format(
          "  %-10s pid %-8d holds %-2d %-5s  %-12s %6d files",
          name, pid, holds, marks, state, done);
    }

    private String line() {
      return Text.format("%s %d%s", name, holds, killed ? " (killed)" : "+" + waitsFor);
    }
  }

  /** For a terminal: several lines. */
  List<String> block() {
    List<String> lines = new ArrayList<>();
    rows.forEach(row -> lines.add(row.block()));
    lines.add("  " + bar() + progress());
    return lines;
  }

  /** For a log: one line. */
  String line() {
    String workers = rows.stream().map(Row::line).collect(Collectors.joining(", "));
    return Text.format("%s | holds+waits: %s", progress(), workers);
  }

  private String bar() {
    int full = (int) (BAR * share());
    return "[" + "=".repeat(full) + " ".repeat(BAR - full) + "] ";
  }

  private double share() {
    return Math.min(1, bytes / (double) Math.max(1, bytesInAll));
  }

  private String progress() {
    return Text.format(
        "%3.0f %%  %d/%d files  %s  inside %d of %d",
        share() * 100, done, files, Text.rate(bytes, elapsed), held, max);
  }
}
