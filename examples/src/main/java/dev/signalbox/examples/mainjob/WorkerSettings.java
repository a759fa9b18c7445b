package dev.signalbox.examples.mainjob;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What the coordinator tells a worker on its command line.
 *
 * @param name of the worker
 * @param target the server, host:port
 * @param lease of the worker's session
 * @param recovery when a killed worker's permits come back
 * @param threads of its pool
 * @param intervals where to write down who was inside when
 */
record WorkerSettings(
    String name, String target, Duration lease, Recovery recovery, int threads, Path intervals) {

  /** As arguments. */
  List<String> toArguments() {
    return List.of(
        name,
        target,
        lease.toString(),
        recovery.name(),
        Integer.toString(threads),
        intervals.toString());
  }

  /** Reads {@link #toArguments}. */
  static WorkerSettings parse(String[] arguments) {
    return new WorkerSettings(
        arguments[0],
        arguments[1],
        Duration.parse(arguments[2]),
        Recovery.valueOf(arguments[3]),
        Integer.parseInt(arguments[4]),
        Path.of(arguments[5]));
  }
}
