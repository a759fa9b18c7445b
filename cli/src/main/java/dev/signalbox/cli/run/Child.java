package dev.signalbox.cli.run;

import java.io.IOException;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The command: a child process with this one's standard streams, to which this one's signals are
 * passed on. Thread-safe.
 */
public final class Child {
  private static final int SIGNAL_BASE = 128;

  private final List<String> command;
  private final IntConsumer exit;
  private @Nullable Process process;
  private @Nullable ProcessTree tree;
  private int endedBy;
  private long startedAt;

  /**
   * A command that was not started.
   *
   * @param exit ends this process, with a code; called when a signal comes before the command runs
   */
  public Child(List<String> command, IntConsumer exit) {
    this.command = List.copyOf(command);
    this.exit = exit;
  }

  /** From now on signals are the command's or, as long as it was not started, end this process. */
  public void takeSignals() {
    for (String name : List.of("HUP", "INT", "TERM", "USR1", "USR2")) {
      Signals.handle(name, number -> signalled(name, number));
    }
  }

  /**
   * Runs something that does nothing, beside whatever else goes on, so that all that a start takes
   * is loaded when it counts. If it cannot be run, the command's own start will tell.
   */
  public void prepare() {
    Thread preparation = new Thread(Child::rehearse, "signalbox-prepare");
    preparation.setDaemon(true);
    preparation.start();
  }

  private static void rehearse() {
    try {
      GrantEnvironment.rehearse();
      new ProcessBuilder("/bin/sh", "-c", ":").inheritIO().start().waitFor();
    } catch (IOException e) {
      // Then without.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void signalled(String name, int number) {
    Process running;
    synchronized (this) {
      running = process;
      endedBy = running == null ? number : endedBy;
    }
    if (running == null) {
      exit.accept(SIGNAL_BASE + number);
    } else if (!name.equals("INT") || !Terminal.isInForeground()) {
      // Of a terminal's interrupt, everybody in the foreground has heard already.
      Signals.send(name, running.pid());
    }
  }

  /**
   * Starts it, with these variables in its environment.
   *
   * @throws CannotStart also if a signal came before
   */
  public synchronized void start(GrantEnvironment environment) throws CannotStart {
    if (endedBy != 0) {
      throw CannotStart.afterSignal(SIGNAL_BASE + endedBy);
    }
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    environment.writeTo(builder.environment());
    startedAt = System.nanoTime();
    try {
      process = builder.start();
      tree = new ProcessTree(process.toHandle());
    } catch (IOException e) {
      throw CannotStart.because(command.get(0), e);
    }
  }

  void waitFor() throws InterruptedException {
    started().waitFor();
  }

  /** Its exit code; 128 and the number of the signal if one ended it. */
  public int exitCode() {
    return started().exitValue();
  }

  synchronized ProcessTree tree() {
    if (tree == null) {
      throw new IllegalStateException("not started");
    }
    return tree;
  }

  synchronized long startedAt() {
    return startedAt;
  }

  private synchronized Process started() {
    if (process == null) {
      throw new IllegalStateException("not started");
    }
    return process;
  }
}
