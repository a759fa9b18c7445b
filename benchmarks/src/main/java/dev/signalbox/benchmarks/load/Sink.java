package dev.signalbox.benchmarks.load;

/** Takes the figures of a round; those of the warm-up go nowhere. */
interface Sink {
  void add(Metric metric, double value);
}
