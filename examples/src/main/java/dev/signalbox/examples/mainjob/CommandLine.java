package dev.signalbox.examples.mainjob;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns the command line into {@link JobOptions}. */
final class CommandLine {
  static final String HELP =
      """
      Usage: java -jar signalbox-main-job.jar [directory] [--option=value ...]

      Compresses and hashes every file of the directory (the current one unless said) in several
      processes that share one semaphore, kills one of them midway, and checks the promises.
      Exit code 0: every promise was kept. 1: one was broken. 2: nothing was run.

        --max=N            how many may be inside at once [4]
        --workers=N        client processes, 2 or more [3]
        --threads=N        threads of each one's callback pool [4]
        --lease=TIME       lease of each one's session, 1s to 10m [3s]
        --recovery=KIND    how the permits of the killed one come back [lease]
                             lease   when its lease has run out
                             stream  as soon as its connection breaks
        --work=SIZE        about how much to compress in all [256M]: a small tree is gone through
                           several times, of a large one the rest is left out
        --per-file=SIZE    of a larger file only so much is read [64M]
        --json             write the report as JSON, and everything else to standard error
        --help             print this
      """;

  private static final Pattern TIME = Pattern.compile("(\\d{1,9})(ms|s|m)");
  private static final Pattern SIZE = Pattern.compile("(\\d{1,9})([KMG]?)");

  private Path directory = Path.of("").toAbsolutePath();
  private int max = 4;
  private int workers = 3;
  private int threads = 4;
  private Duration lease = Duration.ofSeconds(3);
  private Recovery recovery = Recovery.LEASE;
  private long work = 256L << 20;
  private long perFile = 64L << 20;
  private boolean json;

  private CommandLine() {}

  /** The command line asks for something that cannot be. The message is one line for the user. */
  static final class Impossible extends Exception {
    private static final long serialVersionUID = 1L;

    Impossible(String message) {
      super(message);
    }
  }

  static JobOptions parse(List<String> arguments) throws Impossible {
    CommandLine line = new CommandLine();
    for (String argument : arguments) {
      line.read(argument);
    }
    return line.options();
  }

  private void read(String argument) throws Impossible {
    int equals = argument.indexOf('=');
    String name = equals < 0 ? argument : argument.substring(0, equals);
    String value = equals < 0 ? "" : argument.substring(equals + 1);
    switch (name) {
      case "--max" -> max = number(argument, value, 1);
      case "--workers" -> workers = number(argument, value, 2);
      case "--threads" -> threads = number(argument, value, 1);
      case "--lease" -> lease = lease(argument, value);
      case "--recovery" -> recovery = recovery(argument, value);
      case "--work" -> work = size(argument, value);
      case "--per-file" -> perFile = size(argument, value);
      case "--json" -> json = true;
      default -> directory = directory(argument);
    }
  }

  private JobOptions options() {
    return new JobOptions(directory, max, workers, threads, lease, recovery, work, perFile, json);
  }

  private static int number(String argument, String value, int least) throws Impossible {
    require(value.matches("\\d{1,3}"), argument, "a number from " + least + " to 999");
    int number = Integer.parseInt(value);
    require(number >= least, argument, "a number from " + least + " to 999");
    return number;
  }

  private static Duration lease(String argument, String value) throws Impossible {
    Matcher time = TIME.matcher(value);
    require(time.matches(), argument, "a time such as 3s or 1500ms");
    long number = Long.parseLong(time.group(1));
    Duration lease =
        switch (time.group(2)) {
          case "ms" -> Duration.ofMillis(number);
          case "s" -> Duration.ofSeconds(number);
          default -> Duration.ofMinutes(number);
        };
    boolean inRange = lease.toMillis() >= 1_000 && lease.toMinutes() <= 10;
    require(inRange, argument, "a time from 1s to 10m");
    return lease;
  }

  private static Recovery recovery(String argument, String value) throws Impossible {
    for (Recovery recovery : Recovery.values()) {
      if (recovery.toString().equals(value)) {
        return recovery;
      }
    }
    throw new Impossible(argument + ": expected lease or stream");
  }

  private static long size(String argument, String value) throws Impossible {
    Matcher size = SIZE.matcher(value);
    require(size.matches(), argument, "a size such as 64M");
    long bytes = Long.parseLong(size.group(1)) << (10 * " KMG".indexOf(unit(size)));
    require(bytes > 0, argument, "a size above 0");
    return bytes;
  }

  private static String unit(Matcher size) {
    return size.group(2).isEmpty() ? " " : size.group(2);
  }

  private static Path directory(String argument) throws Impossible {
    if (argument.startsWith("-")) {
      throw new Impossible(argument + ": unknown option (see --help)");
    }
    try {
      Path path = Path.of(argument).toAbsolutePath();
      require(Files.isDirectory(path), argument, "a directory");
      return path;
    } catch (InvalidPathException e) {
      throw new Impossible(argument + ": expected a directory");
    }
  }

  private static void require(boolean condition, String argument, String expected)
      throws Impossible {
    if (!condition) {
      throw new Impossible(argument + ": expected " + expected);
    }
  }
}
