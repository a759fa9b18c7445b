package dev.signalbox.systemtests.linear;

import com.google.gson.Gson;
import com.google.gson.annotations.SerializedName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A concurrent history: one line of a file.
 *
 * @param seed of the random calls
 * @param threads how many threads made them
 * @param semaphores how many there are
 * @param initial what each counted before
 * @param maximum of each
 * @param counts what each counted afterwards
 * @param calls in any order
 */
public record Concurrent(
    long seed,
    int threads,
    int semaphores,
    int initial,
    int maximum,
    @SerializedName("final") List<Integer> counts,
    @SerializedName("ops") List<Attempt> calls) {
  private static final Gson GSON = new Gson();

  /** Copies the lists. */
  public Concurrent {
    counts = List.copyOf(counts);
    calls = List.copyOf(calls);
  }

  Concurrent with(List<Attempt> others) {
    return new Concurrent(seed, threads, semaphores, initial, maximum, counts, others);
  }

  Concurrent endingWith(List<Integer> others) {
    return new Concurrent(seed, threads, semaphores, initial, maximum, others, calls);
  }

  /** How many calls of unknown outcome there are. */
  public long unheard() {
    return calls.stream().filter(call -> !call.isHeard()).count();
  }

  /** Reads a file of histories. */
  public static List<Concurrent> read(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .filter(line -> !line.isBlank())
        .map(line -> GSON.fromJson(line, Concurrent.class))
        .toList();
  }

  /** Writes a file of histories, over what was there. */
  public static void write(Path file, List<Concurrent> histories) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    String lines =
        histories.stream().map(each -> GSON.toJson(each) + "\n").collect(Collectors.joining());
    Files.writeString(file, lines, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
  }
}
