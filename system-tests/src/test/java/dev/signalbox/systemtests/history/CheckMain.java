package dev.signalbox.systemtests.history;

/** The checker as a program. */
public final class CheckMain {
  private CheckMain() {}
}
