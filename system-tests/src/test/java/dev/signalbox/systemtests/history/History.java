package dev.signalbox.systemtests.history;

import com.google.gson.JsonSyntaxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that was recorded in one run, by however many processes.
 *
 * @param semaphores of the run, by name
 * @param calls in the order in which they began
 * @param held per grant, the last moment at which its holder saw it held
 * @param sessions what became of the clients' sessions
 * @param ends how semaphores were left
 */
public record History(
    Map<String, Line.Semaphore> semaphores,
    List<Call> calls,
    Map<String, Long> held,
    List<Line.Session> sessions,
    List<Line.End> ends) {
  /** Copies everything. */
  public History {
    semaphores = Map.copyOf(semaphores);
    calls = calls.stream().sorted(Comparator.comparingLong(Call::begun)).toList();
    held = Map.copyOf(held);
    sessions = List.copyOf(sessions);
    ends = List.copyOf(ends);
  }

  /**
   * Reads the files of a run. A torn last line, the mark of a killed process, is passed over.
   *
   * @throws JsonSyntaxException if any other line is damaged
   */
  public static History read(List<Path> files) throws IOException {
    Reading reading = new Reading();
    for (Path file : files) {
      reading.add(file);
    }
    return reading.history();
  }

  static History of(List<Line> lines) {
    Reading reading = new Reading();
    lines.forEach(reading::add);
    return reading.history();
  }

  /** How often clients heard that their session was such and such, over all processes. */
  public long sessions(String what) {
    return sessions.stream().filter(session -> session.what().equals(what)).count();
  }

  private static final class Reading {
    private final Map<String, Line.Semaphore> semaphores = new LinkedHashMap<>();
    private final Map<String, Call> calls = new LinkedHashMap<>();
    private final Map<String, Long> held = new LinkedHashMap<>();
    private final List<Line.Session> sessions = new ArrayList<>();
    private final List<Line.End> ends = new ArrayList<>();

    void add(Path file) throws IOException {
      String text = Files.readString(file);
      int whole = text.lastIndexOf('\n') + 1;
      text.substring(0, whole).lines().map(Line::parse).forEach(this::add);
    }

    void add(Line line) {
      if (line.semaphore() != null) {
        semaphores.put(line.semaphore().name(), line.semaphore());
      }
      if (line.invoke() != null) {
        calls.put(key(line.invoke().process(), line.invoke().call()), Call.begun(line.invoke()));
      }
      if (line.returned() != null) {
        Line.Return end = line.returned();
        calls.computeIfPresent(key(end.process(), end.call()), (key, call) -> call.returned(end));
      }
      if (line.held() != null) {
        held.merge(line.held().grant(), line.held().at(), Math::max);
      }
      if (line.session() != null) {
        sessions.add(line.session());
      }
      if (line.end() != null) {
        ends.add(line.end());
      }
    }

    private static String key(String process, long call) {
      return process + "#" + call;
    }

    History history() {
      return new History(semaphores, List.copyOf(calls.values()), held, sessions, ends);
    }
  }
}
