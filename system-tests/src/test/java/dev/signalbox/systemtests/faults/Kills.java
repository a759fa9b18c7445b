package dev.signalbox.systemtests.faults;

/**
 * How often a test kills: 20 times; fewer where {@code CI} is set, as each kill takes some seconds
 * there; or as the property {@code faults.kills} says.
 */
final class Kills {
  static final int COUNT = Integer.getInteger("faults.kills", System.getenv("CI") == null ? 20 : 3);

  private Kills() {}
}
