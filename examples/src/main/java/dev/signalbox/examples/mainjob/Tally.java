package dev.signalbox.examples.mainjob;

import java.util.HashMap;
import java.util.Map;

/** What came of the files: hashes and bytes. */
final class Tally {
  private final Map<Integer, String> hashes = new HashMap<>();
  private int twice;
  private int contradictions;
  private int unreadable;
  private int unsteady;
  private long bytes;
  private long compressed;

  /**
   * Adds a result.
   *
   * @param counts the file was still open; else the result is only held against the first one
   */
  void add(Message.Done done, boolean counts) {
    Compression.Result result = done.result();
    String first = hashes.putIfAbsent(done.task(), result.sha256());
    if (first != null) {
      twice++;
      contradictions += first.equals(result.sha256()) ? 0 : 1;
    }
    if (counts) {
      bytes += result.bytes();
      compressed += result.compressed();
      unsteady += result.steady() ? 0 : 1;
    }
  }

  /** Adds a file that could not be read, or no longer. */
  void addUnreadable() {
    unreadable++;
  }

  /** Files with a hash. */
  int hashes() {
    return hashes.size();
  }

  /** Hashes that were reported more than once. */
  int twice() {
    return twice;
  }

  /** Hashes that were reported again and differed. */
  int contradictions() {
    return contradictions;
  }

  int unreadable() {
    return unreadable;
  }

  /** Files that were written to while they were read. */
  int unsteady() {
    return unsteady;
  }

  long bytes() {
    return bytes;
  }

  long compressed() {
    return compressed;
  }
}
