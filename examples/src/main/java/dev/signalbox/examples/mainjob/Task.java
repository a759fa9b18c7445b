package dev.signalbox.examples.mainjob;

import java.net.URI;
import java.nio.file.Path;

/**
 * One file to compress and hash.
 *
 * @param id its number in this run
 * @param path where it is
 * @param bytes how much of it there is to read
 * @param rounds how many times over
 */
record Task(int id, Path path, long bytes, int rounds) {
  /** What opening a file costs, in bytes of compressing. */
  private static final long OPENING = 4 << 10;

  /** What one round on a file costs, in bytes of compressing. */
  static long cost(long bytes) {
    return bytes + OPENING;
  }

  /** What all rounds cost. */
  long cost() {
    return rounds * cost(bytes);
  }

  /** What is read over all rounds. */
  long bytesRead() {
    return rounds * bytes;
  }

  /** One line for a worker. The path as a URI, as it may hold any character, a line's end too. */
  String toLine() {
    return id + " " + bytes + " " + rounds + " " + path.toUri();
  }

  /** Reads {@link #toLine}. */
  static Task parse(String line) {
    String[] words = line.split(" ", 4);
    return new Task(
        Integer.parseInt(words[0]),
        Path.of(URI.create(words[3])),
        Long.parseLong(words[1]),
        Integer.parseInt(words[2]));
  }
}
