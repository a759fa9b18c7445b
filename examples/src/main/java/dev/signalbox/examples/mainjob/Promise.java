package dev.signalbox.examples.mainjob;

/**
 * One promise, held against what was measured.
 *
 * @param claim what was promised
 * @param kept whether it was kept
 * @param measured what was seen
 */
record Promise(String claim, boolean kept, String measured) {
  @Override
  public String toString() {
    return Text.format("  %-6s  %s: %s", kept ? "kept" : "BROKEN", claim, measured);
  }
}
