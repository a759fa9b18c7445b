package dev.signalbox.spring;

import org.jspecify.annotations.Nullable;

/** What limiters are given as the value of a key. */
final class KeyValues {
  private KeyValues() {}

  /** The text of a value; the empty one, which all share that have none. */
  static String of(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }
}
