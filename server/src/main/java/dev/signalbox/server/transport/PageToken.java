package dev.signalbox.server.transport;

import dev.signalbox.server.core.InvalidField;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.CRC32;

/**
 * Where a listing goes on: opaque to clients, and refused unless it comes from the same listing. A
 * checksum over the listing's name and prefix tells; it is no protection, and none is needed.
 */
final class PageToken {
  private static final int CHECKSUM_BYTES = Integer.BYTES;

  private final String listing;

  /**
   * Tokens of one listing.
   *
   * @param listing what is listed, with what narrows it
   */
  PageToken(String listing) {
    this.listing = listing;
  }

  /** The token that goes on after the given key. */
  String after(String key) {
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    ByteBuffer token = ByteBuffer.allocate(CHECKSUM_BYTES + bytes.length);
    token.putInt(checksum(bytes)).put(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token.array());
  }

  /** The key that a token goes on after; empty for the first page. */
  String key(String token) {
    return token.isEmpty() ? "" : decode(token);
  }

  private String decode(String token) {
    ByteBuffer bytes = bytes(token);
    InvalidField.unless(bytes.remaining() > CHECKSUM_BYTES, "page_token", "is malformed");
    int checksum = bytes.getInt();
    byte[] key = new byte[bytes.remaining()];
    bytes.get(key);
    InvalidField.unless(checksum == checksum(key), "page_token", "does not come from this listing");
    return new String(key, StandardCharsets.UTF_8);
  }

  private static ByteBuffer bytes(String token) {
    try {
      return ByteBuffer.wrap(Base64.getUrlDecoder().decode(token));
    } catch (IllegalArgumentException e) {
      throw new InvalidField("page_token", "is malformed");
    }
  }

  private int checksum(byte[] key) {
    CRC32 crc = new CRC32();
    crc.update(listing.getBytes(StandardCharsets.UTF_8));
    crc.update(0);
    crc.update(key);
    return (int) crc.getValue();
  }
}
