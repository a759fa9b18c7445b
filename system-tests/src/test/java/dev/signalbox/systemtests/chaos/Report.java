package dev.signalbox.systemtests.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What visitors did and met. Written as text by a process, read back by the test. */
final class Report {
  private final List<Visit> visits = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private long longestCall;

  static Report parse(Stream<String> lines) {
    Report report = new Report();
    lines.map(line -> line.split(" ", 2)).forEach(words -> report.read(words[0], words[1]));
    return report;
  }

  private void read(String kind, String rest) {
    switch (kind) {
      case "longest-call" -> answered(Long.parseLong(rest));
      case "failure" -> failed(rest);
      case "visit" -> visited(Visit.parse(rest));
      default -> throw new IllegalArgumentException(kind);
    }
  }

  /** A call returned after so many nanoseconds. */
  void answered(long nanos) {
    longestCall = Math.max(longestCall, nanos);
  }

  void failed(String reason) {
    failures.add(reason);
  }

  void visited(Visit visit) {
    visits.add(visit);
  }

  void add(Report other) {
    answered(other.longestCall);
    visits.addAll(other.visits);
    failures.addAll(other.failures);
  }

  List<Visit> visits() {
    return visits;
  }

  List<String> failures() {
    return failures;
  }

  /** Nanoseconds that the longest call took. */
  long longestCall() {
    return longestCall;
  }

  @Override
  public String toString() {
    return Stream.of(
            Stream.of("longest-call " + longestCall),
            failures.stream().map(failure -> "failure " + failure),
            visits.stream().map(visit -> "visit " + visit))
        .flatMap(lines -> lines)
        .collect(Collectors.joining("\n", "", "\n"));
  }
}
