package dev.signalbox.systemtests.oracle;

/** The model's error code, for what has no counterpart in the SDK, such as a handle's number. */
final class Win32Error extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final int code;

  Win32Error(int code) {
    super("error " + code);
    this.code = code;
  }

  int code() {
    return code;
  }
}
