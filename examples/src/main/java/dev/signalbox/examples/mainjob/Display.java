package dev.signalbox.examples.mainjob;

import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/** Shows how the job goes while it goes. */
abstract sealed class Display implements AutoCloseable {
  final PrintStream out;
  private final long start = System.nanoTime();

  private Display(PrintStream out) {
    this.out = out;
  }

  /** In place where a person looks on, line by line where a log is written. */
  static Display on(PrintStream out) {
    return isTerminal() ? new Live(out) : new Plain(out);
  }

  @SuppressWarnings("SystemConsoleNull") // It is null up to Java 21; from 22 on it tells itself.
  private static boolean isTerminal() {
    Console console = System.console();
    boolean dumb = "dumb".equals(System.getenv("TERM"));
    return console != null && isTerminal(console) && !dumb && System.getenv("CI") == null;
  }

  /** From Java 22 on there may be a console without a terminal. */
  private static boolean isTerminal(Console console) {
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }

  /** Something happened that is to stay on the screen. */
  abstract void event(String text);

  /** This is how the job stands now. */
  abstract void show(Frame frame);

  /** Nothing more to show. */
  @Override
  public void close() {}

  final Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  final void print(String text) {
    out.println(Text.format("%6.1f s  %s", elapsed().toMillis() / 1e3, text));
  }

  /** A block that is drawn over itself; events scroll away above it. */
  private static final class Live extends Display {
    private static final Duration PAUSE = Duration.ofMillis(95);
    private static final String ERASE = "\u001b[%dF\u001b[J";

    private List<String> block = List.of();
    private Duration drawn = Duration.ZERO;

    Live(PrintStream out) {
      super(out);
    }

    @Override
    void event(String text) {
      erase();
      print(text);
      draw();
    }

    @Override
    void show(Frame frame) {
      if (elapsed().minus(drawn).compareTo(PAUSE) < 0) {
        return;
      }
      erase();
      block = frame.block();
      draw();
      drawn = elapsed();
    }

    private void erase() {
      if (!block.isEmpty()) {
        out.print(Text.format(ERASE, block.size()));
      }
    }

    private void draw() {
      block.forEach(out::println);
      out.flush();
    }

    @Override
    public void close() {
      erase();
      block = List.of();
      out.flush();
    }
  }

  /** A line every other second. */
  private static final class Plain extends Display {
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private Duration printed = Duration.ZERO;

    Plain(PrintStream out) {
      super(out);
    }

    @Override
    void event(String text) {
      print(text);
    }

    @Override
    void show(Frame frame) {
      if (elapsed().minus(printed).compareTo(PAUSE) >= 0) {
        print(frame.line());
        printed = elapsed();
      }
    }
  }
}
