package dev.signalbox.server.core;

/**
 * A field of a command is malformed or out of range. Thrown while the command is made, so that an
 * invalid command never exists, reaches the log or changes anything.
 */
public final class InvalidField extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String field;
  private final String why;

  /**
   * Names the field.
   *
   * @param field its path as on the wire, such as {@code parts[1].permits}
   * @param why what is wrong, to follow the field's name: {@code must be at least 1}
   */
  public InvalidField(String field, String why) {
    super(field + " " + why);
    this.field = field;
    this.why = why;
  }

  /** The field's path as on the wire. */
  public String field() {
    return field;
  }

  /** What is wrong with it. */
  public String why() {
    return why;
  }

  /** The same error, its field lying within another one. */
  public InvalidField within(String outer) {
    return new InvalidField(outer + "." + field, why);
  }

  /** Throws unless the condition holds. */
  public static void unless(boolean condition, String field, String why) {
    if (!condition) {
      throw new InvalidField(field, why);
    }
  }
}
