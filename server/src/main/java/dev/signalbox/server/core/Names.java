package dev.signalbox.server.core;

/** The grammar of names (O3). */
public final class Names {
  /** The longest name, in bytes of UTF-8. */
  public static final int MAX_BYTES = 255;

  private Names() {}

  /**
   * Checks a semaphore's name: 1 to 255 bytes of UTF-8, no control characters, no empty level.
   *
   * @param field the field to name in the error
   * @param name the name
   */
  public static void checkSemaphoreName(String field, String name) {
    if (!isPlain(name)) {
      checkThoroughly(field, name);
    }
  }

  /** Whether there is nothing to look into: printable ASCII, no empty level. */
  private static boolean isPlain(String name) {
    char before = '/';
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c < ' ' || c > '~' || (c == '/' && before == '/')) {
        return false;
      }
      before = c;
    }
    return before != '/' && name.length() <= MAX_BYTES;
  }

  private static void checkThoroughly(String field, String name) {
    checkText(field, name);
    boolean levelIsEmpty = true;
    for (int i = 0; i < name.length(); i++) {
      boolean slash = name.charAt(i) == '/';
      InvalidField.unless(!(slash && levelIsEmpty), field, "must not have an empty level");
      levelIsEmpty = slash;
    }
    InvalidField.unless(!levelIsEmpty, field, "must not have an empty level");
  }

  /**
   * Checks a client's name: 1 to 255 bytes of UTF-8, no control characters.
   *
   * @param field the field to name in the error
   * @param name the name
   */
  public static void checkClientName(String field, String name) {
    checkText(field, name);
  }

  /**
   * Whether two names lie in one namespace, which is their first level (O3); all names of one level
   * lie in one. One atomic request stays inside one namespace. Does not allocate.
   */
  public static boolean sameNamespace(String a, String b) {
    if (a.equals(b)) {
      return true;
    }
    int slash = a.indexOf('/');
    return slash == b.indexOf('/') && (slash < 0 || a.regionMatches(0, b, 0, slash));
  }

  private static void checkText(String field, String text) {
    InvalidField.unless(!text.isEmpty(), field, "must not be empty");
    int bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      InvalidField.unless(!Character.isISOControl(c), field, "must not contain control characters");
      if (Character.isSurrogate(c)) {
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        InvalidField.unless(pair, field, "must be well-formed Unicode");
        i++;
        bytes += 4;
      } else {
        bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
      }
    }
    InvalidField.unless(
        bytes <= MAX_BYTES, field, "must be at most " + MAX_BYTES + " bytes of UTF-8");
  }
}
