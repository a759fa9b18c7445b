package dev.signalbox.systemtests.history;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes one process's part of a history. A line has reached the operating system when its method
 * returns, so a process that is killed loses no line of a call that was let go on: at worst the
 * last line is torn, and reading passes over it. Thread-safe.
 */
final class Recorder implements AutoCloseable {
  private final String process;
  private final OutputStream file;
  private final AtomicLong calls = new AtomicLong();

  /**
   * Begins a file.
   *
   * @param process tells the processes of a run apart
   * @param path is overwritten
   */
  Recorder(String process, Path path) throws IOException {
    this.process = process;
    this.file = new FileOutputStream(path.toFile());
  }

  /** A call is about to be made; the answer is its number. */
  long invoked(int thread, Ask ask) {
    long at = System.nanoTime();
    long call = calls.incrementAndGet();
    write(Line.of(new Line.Invoke(at, process, call, thread, ask)));
    return call;
  }

  /** A call has just returned. */
  void returned(long call, Outcome outcome) {
    long at = System.nanoTime();
    write(Line.of(new Line.Return(at, process, call, outcome)));
  }

  void held(String grant, long at) {
    write(Line.of(new Line.Held(process, grant, at)));
  }

  void session(String what) {
    write(Line.of(new Line.Session(System.nanoTime(), process, what)));
  }

  /** Writes a line as it is. */
  synchronized void write(Line line) {
    try {
      file.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    file.close();
  }
}
