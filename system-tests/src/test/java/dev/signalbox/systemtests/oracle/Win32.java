package dev.signalbox.systemtests.oracle;

import dev.signalbox.client.SignalboxException;

/** The words and numbers of the model, and what our failures are called there. */
final class Win32 {
  static final String WAIT_OBJECT_0 = "WAIT_OBJECT_0";
  static final String WAIT_ABANDONED = "WAIT_ABANDONED_0";
  static final String WAIT_TIMEOUT = "WAIT_TIMEOUT";
  static final String WAIT_FAILED = "WAIT_FAILED";

  static final int FILE_NOT_FOUND = 2;
  static final int PATH_NOT_FOUND = 3;
  static final int ACCESS_DENIED = 5;
  static final int INVALID_HANDLE = 6;
  static final int GEN_FAILURE = 31;
  static final int INVALID_PARAMETER = 87;
  static final int ALREADY_EXISTS = 183;
  static final int FILENAME_EXCED_RANGE = 206;
  static final int NOT_OWNER = 288;
  static final int TOO_MANY_POSTS = 298;
  static final int TOO_MANY_THREADS = 565;

  private Win32() {}

  /**
   * The code for a failure of ours.
   *
   * @throws IllegalStateException if the model has none
   */
  static int code(Throwable failure) {
    if (failure instanceof Win32Error error) {
      return error.code();
    }
    if (failure instanceof IllegalArgumentException
        || failure instanceof SignalboxException.InvalidArgument) {
      return INVALID_PARAMETER;
    }
    if (failure instanceof SignalboxException.AccessDenied) {
      return ACCESS_DENIED;
    }
    if (failure instanceof SignalboxException.TooManyPosts) {
      return TOO_MANY_POSTS;
    }
    if (failure instanceof SignalboxException.NotFound) {
      return FILE_NOT_FOUND;
    }
    if (failure instanceof SignalboxException.WrongKind) {
      return INVALID_HANDLE;
    }
    if (failure instanceof SignalboxException.NotHeld) {
      return NOT_OWNER;
    }
    throw new IllegalStateException("the model has no error for this", failure);
  }

  /** The status of a query that failed with an error, perhaps as the object is of another type. */
  static String status(int error, boolean otherType) {
    return switch (error) {
      case ACCESS_DENIED -> "0xc0000022";
      case INVALID_HANDLE -> otherType ? "0xc0000024" : "0xc0000008";
      default -> "error " + error;
    };
  }
}
