package dev.signalbox.systemtests.callback;

import dev.signalbox.systemtests.process.JavaProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A process of {@link CallbacksMain}, and a count of what it says. */
final class CallbacksProcess implements AutoCloseable {
  private final Process process;
  private final Thread reader;
  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicInteger registered = new AtomicInteger();

  private CallbacksProcess(String name, Process process) {
    this.process = process;
    reader = new Thread(this::read, name + "-lines");
    reader.setDaemon(true);
    reader.start();
  }

  static CallbacksProcess start(String name, List<String> arguments) {
    return new CallbacksProcess(name, JavaProcess.start(name, CallbacksMain.class, arguments));
  }

  private void read() {
    try (BufferedReader lines = process.inputReader()) {
      lines.lines().forEach(this::count);
    } catch (IOException | UncheckedIOException e) {
      // It was killed in the middle of a line.
    }
  }

  private void count(String line) {
    if (line.equals(CallbacksMain.BEGUN)) {
      begun.incrementAndGet();
    } else if (line.equals(CallbacksMain.REGISTERED)) {
      registered.incrementAndGet();
    }
  }

  /** How many callbacks have set about registering their signal. */
  int begun() {
    return begun.get();
  }

  /** How many of them know that it is registered. */
  int registered() {
    return registered.get();
  }

  /** Kills it (SIGKILL) and hears what it has said until then. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    reader.join(TimeUnit.SECONDS.toMillis(20));
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
