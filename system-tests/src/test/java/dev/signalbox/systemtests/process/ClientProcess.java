package dev.signalbox.systemtests.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * An SDK client in a process of its own, as a test sees it: commands go in and answers come out,
 * one a line. What it understands stands in {@link ClientMain}.
 */
public final class ClientProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final String END = "(the process has ended)";

  private final String name;
  private final Process process;
  private final PrintWriter commands;
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

  private ClientProcess(String name, Process process) {
    this.name = name;
    this.process = process;
    this.commands = new PrintWriter(process.outputWriter(), true);
    Thread reader = new Thread(this::read, name + "-answers");
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Starts a client whose session ends when its lease runs out (L2).
   *
   * @param name the client's name, also that of its log
   * @param target the server, host:port
   * @param lease of its session
   * @return the client, its session open
   */
  public static ClientProcess start(String name, String target, Duration lease) {
    return launch(name, List.of(name, target, lease.toString())).ready();
  }

  /**
   * Starts a client whose session ends with its stream (L9), and does not wait for it: see {@link
   * #ready()}.
   *
   * @param name the client's name, also that of its log
   * @param target the server, host:port
   * @param lease of its session
   * @param endAfterBreak how long the session outlives its stream
   * @return the starting client
   */
  public static ClientProcess launch(
      String name, String target, Duration lease, Duration endAfterBreak) {
    return launch(name, List.of(name, target, lease.toString(), endAfterBreak.toString()));
  }

  private static ClientProcess launch(String name, List<String> arguments) {
    return new ClientProcess(name, JavaProcess.start(name, ClientMain.class, arguments));
  }

  /**
   * Waits until the client has its session.
   *
   * @return this
   */
  public ClientProcess ready() {
    expect("ready");
    return this;
  }

  /**
   * Sends a command and waits for its answer.
   *
   * @param command see {@link ClientMain}
   * @return the answer
   */
  public String ask(String command) {
    tell(command);
    return answer();
  }

  /**
   * Sends a command and leaves its answer for {@link #answer()}.
   *
   * @param command see {@link ClientMain}
   */
  public void tell(String command) {
    commands.println(command);
  }

  /**
   * Waits for the next answer.
   *
   * @return the answer
   */
  public String answer() {
    try {
      String answer = answers.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      if (answer == null) {
        throw new AssertionError(
            name + " gave no answer within " + PATIENCE + "; see " + JavaProcess.log(name));
      }
      return answer;
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted while waiting for " + name, e);
    }
  }

  /** Stops every thread of the process (SIGSTOP), as a debugger or a suspended machine does. */
  public void pause() {
    JavaProcess.signal(process, "STOP");
  }

  /** Lets a paused process go on (SIGCONT). */
  public void resume() {
    JavaProcess.signal(process, "CONT");
  }

  /** Kills the process (SIGKILL): it gets no chance to say goodbye. */
  public void kill() {
    process.destroyForcibly();
  }

  @Override
  public void close() {
    kill();
    process.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
  }

  private void expect(String expected) {
    String answer = answer();
    if (!answer.equals(expected)) {
      throw new AssertionError(name + " answered: " + answer + "; see " + JavaProcess.log(name));
    }
  }

  private void read() {
    try (BufferedReader lines = process.inputReader()) {
      lines.lines().forEach(answers::add);
    } catch (IOException | UncheckedIOException e) {
      answers.add("(its output broke: " + e.getMessage() + ")");
    }
    answers.add(END);
  }
}
