package dev.signalbox.spring;

import org.jspecify.annotations.Nullable;

/** What limiters are given as the value of a key. */
final class KeyValues {
  /** The value that all calls share that have none. */
  static final String NONE = "-";

  private KeyValues() {}

  static String of(@Nullable Object value) {
    String text = value == null ? "" : value.toString();
    return text.isEmpty() ? NONE : text;
  }
}
