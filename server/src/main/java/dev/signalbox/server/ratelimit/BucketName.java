package dev.signalbox.server.ratelimit;

import dev.signalbox.server.core.Names;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The semaphore that counts for a descriptor: {@code domain/ratelimit/key=value/key=value}. The
 * domain is the namespace, so that one request can ask for several at once (O3, Q2).
 */
final class BucketName {
  /** The longest domain, escaped; the rest of the name is for the descriptor. */
  static final int MAX_DOMAIN = 128;

  private static final String ROOM = "/ratelimit";
  private static final String HEX = "0123456789ABCDEF";
  private static final Base64.Encoder DIGITS = Base64.getUrlEncoder().withoutPadding();

  /** A mark that no escaped text contains, and a digest of 32 bytes. */
  private static final int DIGEST_LENGTH = 1 + 43;

  private BucketName() {}

  /** The name; a limit that the request brought along has a bucket of its own. */
  static String of(String domain, List<Descriptor.Entry> entries, @Nullable Limit override) {
    StringBuilder name = new StringBuilder();
    escape(name, domain);
    name.append(ROOM);
    for (Descriptor.Entry entry : entries) {
      escape(name.append('/'), entry.key());
      escape(name.append('='), entry.value());
    }
    if (override != null) {
      name.append("/@").append(override.requestsPerUnit()).append(':').append(override.unit());
    }
    return name.length() <= Names.MAX_BYTES ? name.toString() : shortened(name);
  }

  static String escaped(String text) {
    StringBuilder out = new StringBuilder();
    escape(out, text);
    return out.toString();
  }

  /** As much of the name as there is room for, and a digest of all of it. */
  private static String shortened(StringBuilder name) {
    byte[] digest = sha256(name.toString().getBytes(StandardCharsets.US_ASCII));
    name.setLength(Names.MAX_BYTES - DIGEST_LENGTH);
    return name.append('~').append(DIGITS.encodeToString(digest)).toString();
  }

  private static void escape(StringBuilder out, String text) {
    if (isPlain(text)) {
      out.append(text);
      return;
    }
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      if (isPlain((char) b)) {
        out.append((char) b);
      } else {
        out.append('%').append(HEX.charAt((b >> 4) & 0xF)).append(HEX.charAt(b & 0xF));
      }
    }
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isPlain(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPlain(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '.'
        || c == '_'
        || c == '-';
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
