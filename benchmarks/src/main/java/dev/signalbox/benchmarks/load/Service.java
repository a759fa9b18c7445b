package dev.signalbox.benchmarks.load;

import java.util.List;

/** A running server of a {@link Contestant}. */
public interface Service extends AutoCloseable {
  /** What {@link Contestant#connect} needs to know. */
  String endpoint();

  /** Its processes. */
  List<ProcessHandle> processes();

  /** Ends it. */
  @Override
  void close();
}
