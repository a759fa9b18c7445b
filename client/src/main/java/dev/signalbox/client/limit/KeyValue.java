package dev.signalbox.client.limit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * A key's value as a part of a semaphore's name. Different values give different parts, none longer
 * than {@link #LONGEST}, and all made of {@link #isPlain plain} characters and '%' alone:
 *
 * <ul>
 *   <li>plain characters stay, every byte of another is '%' and two hexadecimal digits;
 *   <li>the empty value is '%' alone;
 *   <li>of what would be too long, "%s" and the SHA-256 of it: no other value gives an 's' there.
 * </ul>
 */
final class KeyValue {
  /** Bytes of the longest part. */
  static final int LONGEST = 64;

  private static final String DIGITS = "0123456789ABCDEF";

  private KeyValue() {}

  /** Whether the character stands for itself: ASCII letters, digits, '.', '_' and '-'. */
  static boolean isPlain(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || (c >= 'A' && c <= 'Z')
        || c == '.'
        || c == '_'
        || c == '-';
  }

  static void append(StringBuilder to, String value) {
    int start = to.length();
    escape(to, value);
    if (value.isEmpty()) {
      to.append('%');
    } else if (to.length() - start > LONGEST) {
      String digest = digest(to.substring(start));
      to.setLength(start);
      to.append("%s").append(digest);
    }
  }

  private static void escape(StringBuilder to, String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (isPlain(c)) {
        to.append(c);
      } else {
        int point = value.codePointAt(i);
        i += Character.charCount(point) - 1;
        escape(to, point);
      }
    }
  }

  /** Bytes of UTF-8; of half a surrogate pair, which has none, those of its number. */
  private static void escape(StringBuilder to, int point) {
    if (point < 0x80) {
      escapeByte(to, point);
      return;
    }
    int following = point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
    escapeByte(to, (0xFF << (7 - following) & 0xFF) | (point >> (6 * following)));
    for (int i = following - 1; i >= 0; i--) {
      escapeByte(to, 0x80 | (point >> (6 * i) & 0x3F));
    }
  }

  private static void escapeByte(StringBuilder to, int value) {
    to.append('%').append(DIGITS.charAt(value >> 4)).append(DIGITS.charAt(value & 0xF));
  }

  private static String digest(String escaped) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      byte[] digest = sha.digest(escaped.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
