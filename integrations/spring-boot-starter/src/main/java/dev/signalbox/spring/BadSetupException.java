package dev.signalbox.spring;

/** What is configured or annotated is impossible: the application does not start. */
final class BadSetupException extends RuntimeException {
  private final String remedy;

  /**
   * An exception.
   *
   * @param what where it is and what is wrong with it
   * @param remedy what to do about it
   */
  BadSetupException(String what, String remedy) {
    super(what);
    this.remedy = remedy;
  }

  /** One about a property, by its full name. */
  static BadSetupException property(String property, String why) {
    return new BadSetupException(property + ": " + why, "Change the property " + property + ".");
  }

  String remedy() {
    return remedy;
  }
}
