package dev.signalbox.systemtests.oracle;

/** A step came to something else than it must. */
final class Mismatch extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Mismatch(String what) {
    super(what);
  }
}
