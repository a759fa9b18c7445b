package dev.signalbox.benchmarks.load;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** All figures. */
final class Results {
  private final Map<Metric, Map<String, Series>> figures = new EnumMap<>(Metric.class);

  void add(Metric metric, String contestant, double value) {
    figures
        .computeIfAbsent(metric, unused -> new LinkedHashMap<>())
        .computeIfAbsent(contestant, unused -> new Series())
        .add(value);
  }

  /** By contestant; empty if nobody has it. */
  Map<String, Series> of(Metric metric) {
    return figures.getOrDefault(metric, Map.of());
  }

  Optional<Series> of(Metric metric, String contestant) {
    return Optional.ofNullable(of(metric).get(contestant));
  }
}
