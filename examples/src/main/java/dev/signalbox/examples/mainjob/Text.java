package dev.signalbox.examples.mainjob;

import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them. */
final class Text {
  private Text() {}

  /** Such as {@code 2.94 s}, or {@code 12 ms}. */
  static String seconds(Duration time) {
    double seconds = time.toNanos() / 1e9;
    return seconds < 1 ? format("%.0f ms", seconds * 1_000) : format("%.2f s", seconds);
  }

  /** Such as {@code 61.3 MB}. */
  static String megabytes(long bytes) {
    return format("%.1f MB", bytes / 1e6);
  }

  /** Such as {@code 38.2 MB/s}. */
  static String rate(long bytes, Duration time) {
    return megabytes(Math.round(bytes / Math.max(time.toNanos() / 1e9, 1e-3))) + "/s";
  }

  /** As {@link String#format}, with a decimal point everywhere. */
  @SuppressWarnings("AnnotateFormatMethod") // The annotation would be one more dependency.
  static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
