package dev.signalbox.benchmarks.load;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All figures. */
final class Results {
  private final Map<Metric, Map<String, Series>> figures = new EnumMap<>(Metric.class);
  private final Comparator<String> order;

  /** In tables and plots the contestants stand in this order, whoever was measured first. */
  Results(List<String> contestants) {
    order = Comparator.comparingInt(contestants::indexOf);
  }

  void add(Metric metric, String contestant, double value) {
    figures
        .computeIfAbsent(metric, unused -> new TreeMap<>(order))
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
