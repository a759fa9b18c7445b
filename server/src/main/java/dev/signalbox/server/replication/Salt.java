package dev.signalbox.server.replication;

import java.nio.ByteBuffer;
import java.security.SecureRandom;

/** Unguessable bits for entries (A8), drawn from the system in large pieces. Not thread-safe. */
final class Salt {
  private static final int PIECE = 4_096;

  private final SecureRandom random = new SecureRandom();
  private final byte[] bytes = new byte[PIECE];
  private final ByteBuffer pool = ByteBuffer.wrap(bytes).position(PIECE);

  long next() {
    if (!pool.hasRemaining()) {
      random.nextBytes(bytes);
      pool.clear();
    }
    return pool.getLong();
  }
}
