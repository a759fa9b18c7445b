package dev.signalbox.examples.mainjob;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What the main job was asked to do; {@link CommandLine#HELP} says what each option means.
 *
 * @param directory whose files to work on
 * @param max how many may be inside at once
 * @param workers client processes
 * @param threads of each worker's pool
 * @param lease of each worker's session
 * @param recovery how the killed worker's permits come back
 * @param work bytes to compress in all, about
 * @param perFile bytes to read of one file, at most
 * @param json whether the report is wanted as JSON
 */
record JobOptions(
    Path directory,
    int max,
    int workers,
    int threads,
    Duration lease,
    Recovery recovery,
    long work,
    long perFile,
    boolean json) {

  /** The promise: the killed worker's permits are back this long after the kill. */
  Duration recoveryLimit() {
    return recovery.limit(lease);
  }
}
