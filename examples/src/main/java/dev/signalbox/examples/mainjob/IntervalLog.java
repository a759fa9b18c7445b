package dev.signalbox.examples.mainjob;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where a worker writes down who was inside when, so that the report need not believe the service.
 * A line is with the operating system before the work goes on: a SIGKILL takes nothing back.
 * Thread-safe.
 */
final class IntervalLog implements AutoCloseable {
  private static final String BEGIN = "begin";
  private static final String ALIVE = "alive";
  private static final String END = "end";

  private final OutputStream out;

  private IntervalLog(OutputStream out) {
    this.out = out;
  }

  /** Opens a worker's log. */
  static IntervalLog open(Path path) throws IOException {
    return new IntervalLog(
        Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
  }

  /** A callback is inside from here on. */
  void begin(Task task) throws IOException {
    write(BEGIN, task);
  }

  /** It is still inside. */
  void alive(Task task) throws IOException {
    write(ALIVE, task);
  }

  /** It was inside up to here. */
  void end(Task task) throws IOException {
    write(END, task);
  }

  private synchronized void write(String what, Task task) throws IOException {
    String line = what + " " + task.id() + " " + WallClock.micros() + "\n";
    out.write(line.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public synchronized void close() throws IOException {
    out.close();
  }

  /** Reads the log of a worker, which may have been killed; no log, no intervals. */
  static List<Interval> read(String worker, Path path) throws IOException {
    List<Interval> intervals = new ArrayList<>();
    Map<Integer, Interval> open = new TreeMap<>();
    for (String line : wholeLines(path)) {
      String[] words = line.split(" ", 3);
      int task = Integer.parseInt(words[1]);
      long at = Long.parseLong(words[2]);
      switch (words[0]) {
        case BEGIN -> open.put(task, Interval.beginning(worker, task, at));
        case ALIVE -> open.computeIfPresent(task, (id, interval) -> interval.alive(at));
        default -> end(open.remove(task), at).ifPresent(intervals::add);
      }
    }
    intervals.addAll(open.values());
    return intervals;
  }

  private static Optional<Interval> end(@Nullable Interval begun, long at) {
    return Optional.ofNullable(begun).map(interval -> interval.ended(at));
  }

  /** A line that the kill tore was never begun. */
  private static List<String> wholeLines(Path path) throws IOException {
    String text = Files.exists(path) ? Files.readString(path, StandardCharsets.US_ASCII) : "";
    return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
  }
}
