package dev.signalbox.systemtests.limit;

/**
 * What came of a client's calls.
 *
 * @param answered by the backend
 * @param refused because of the limits
 * @param unavailable because nothing could decide
 * @param failed otherwise
 */
record LoadCounts(long answered, long refused, long unavailable, long failed) {
  static final LoadCounts NONE = new LoadCounts(0, 0, 0, 0);

  LoadCounts plus(LoadCounts more) {
    return new LoadCounts(
        answered + more.answered,
        refused + more.refused,
        unavailable + more.unavailable,
        failed + more.failed);
  }

  String line() {
    return answered + " " + refused + " " + unavailable + " " + failed;
  }

  static LoadCounts parse(String line) {
    String[] parts = line.split(" ", -1);
    return new LoadCounts(
        Long.parseLong(parts[0]),
        Long.parseLong(parts[1]),
        Long.parseLong(parts[2]),
        Long.parseLong(parts[3]));
  }
}
