package dev.signalbox.systemtests.oracle;

import com.google.gson.Gson;
import com.google.gson.annotations.SerializedName;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A file of recorded runs.
 *
 * @param format must be {@value #FORMAT}
 * @param set what the file calls itself
 * @param recordedWith what was recorded
 * @param cases the runs, each by itself
 */
record Trace(
    String format,
    String set,
    @SerializedName("recorded_with") String recordedWith,
    List<TraceCase> cases) {
  static final String FORMAT = "semtrace/1";

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException if it is of another format
   */
  static Trace read(Path file) throws IOException {
    try (Reader reader = Files.newBufferedReader(file)) {
      Trace trace = new Gson().fromJson(reader, Trace.class);
      if (trace == null || !FORMAT.equals(trace.format())) {
        throw new IllegalArgumentException(file + " is not of the format " + FORMAT);
      }
      return trace;
    }
  }
}
