package dev.signalbox.server.replication.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class BlockReaderTest {
  private static final int BYTES = 3 << 20;

  private final byte[] bytes = new byte[BYTES];

  BlockReaderTest() {
    new SplittableRandom(1).nextBytes(bytes);
  }

  @Test
  void piecesOfAnySize_areRead_andSummed() throws IOException {
    BlockReader reader = new BlockReader(new Trickle(bytes), new CRC32C());
    ByteBuffer expected = ByteBuffer.wrap(bytes);
    for (int length : new int[] {0, 1, 100_000, 1 << 18, 1_000_000, 7, 1 << 20}) {
      assertThat(reader.readInt()).isEqualTo(expected.getInt());
      ByteSource piece = reader.read(length, 1);
      for (int i = 0; i < length; i++) {
        assertThat(piece.flag()).isEqualTo(expected.get() != 0);
      }
      assertThat(piece.isAtEnd()).isTrue();
      assertThat(reader.checksum()).isEqualTo(sumOfFirst(expected.position()));
    }
    assertThat(reader.readLong()).isEqualTo(expected.getLong());
  }

  @Test
  void pieceThatIsNotThere_isAnEnd() throws IOException {
    BlockReader reader = new BlockReader(new ByteArrayInputStream(bytes), new CRC32C());
    assertThat(reader.readInt()).isEqualTo(ByteBuffer.wrap(bytes).getInt());
    assertThatThrownBy(() -> reader.read(BYTES - 3, 1)).isInstanceOf(EOFException.class);
  }

  @Test
  void damagedLength_isNoReasonToReserveMemory() {
    BlockReader reader = new BlockReader(new ByteArrayInputStream(bytes), new CRC32C());
    assertThatThrownBy(() -> reader.read(Integer.MAX_VALUE, 1)).isInstanceOf(EOFException.class);
    assertThatThrownBy(() -> reader.read(-1, 1)).isInstanceOf(EOFException.class);
  }

  private long sumOfFirst(int count) {
    CRC32C sum = new CRC32C();
    sum.update(bytes, 0, count);
    return sum.getValue();
  }

  /** Gives a few bytes at a time, as a disk may. */
  private static final class Trickle extends FilterInputStream {
    Trickle(byte[] bytes) {
      super(new ByteArrayInputStream(bytes));
    }

    @Override
    public int read(byte[] to, int from, int length) throws IOException {
      return in.read(to, from, Math.min(length, 1_021));
    }
  }
}
