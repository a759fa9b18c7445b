package dev.signalbox.benchmarks.load;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** What the driver's command line says. */
final class Settings {
  private List<String> workloads =
      List.of("W1", "W2", "W3", "W4", "W5", "W6", "W7", "W8", "W9", "W10");
  private List<String> contestants = List.of();
  private int rounds = 5;
  private Duration time = Duration.ofSeconds(1);
  private Path out = Path.of("benchmarks");

  private Settings() {}

  static Settings parse(String[] args) {
    Settings settings = new Settings();
    for (String arg : args) {
      int equals = arg.indexOf('=');
      if (!arg.startsWith("--") || equals < 0) {
        throw new IllegalArgumentException("expected --name=value, not '" + arg + "'");
      }
      settings.set(arg.substring(2, equals), arg.substring(equals + 1));
    }
    return settings;
  }

  private void set(String name, String value) {
    switch (name) {
      case "workloads" -> workloads = list(value);
      case "contestants" -> contestants = list(value);
      case "rounds" -> rounds = Integer.parseInt(value);
      case "seconds" -> time = Duration.ofMillis((long) (Double.parseDouble(value) * 1_000));
      case "out" -> out = Path.of(value);
      default -> throw new IllegalArgumentException("unknown option --" + name);
    }
  }

  private static List<String> list(String value) {
    return Arrays.asList(value.split(",", -1));
  }

  boolean runs(String workload) {
    return workloads.contains(workload);
  }

  boolean takes(Contestant contestant) {
    return contestants.isEmpty() || contestants.contains(contestant.name());
  }

  int rounds() {
    return rounds;
  }

  Duration time() {
    return time;
  }

  Path out() {
    return out;
  }
}
