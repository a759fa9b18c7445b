package dev.signalbox.server.replication.codec;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.Checksum;

/**
 * Reads a stream in large blocks, and sums them up as it goes. A state has a piece for each
 * semaphore, and a restart waits for all of them: reading each by itself took longer than what is
 * in it.
 */
final class BlockReader {
  private static final int BLOCK_BYTES = 1 << 18;

  private final InputStream in;
  private final Checksum sum;

  private byte[] block = new byte[BLOCK_BYTES];

  /** What lies before was read and is in the sum. */
  private int summed;

  private int at;
  private int end;

  /** Takes over a checksum of nothing. */
  BlockReader(InputStream in, Checksum sum) {
    this.in = in;
    this.sum = sum;
  }

  int readInt() throws IOException {
    int from = take(Integer.BYTES);
    return (block[from] << 24)
        | ((block[from + 1] & 0xff) << 16)
        | ((block[from + 2] & 0xff) << 8)
        | (block[from + 3] & 0xff);
  }

  long readLong() throws IOException {
    long high = readInt();
    return (high << 32) | (readInt() & 0xffff_ffffL);
  }

  /**
   * The next so many bytes, of this version of the format, to be read before this is used again.
   */
  ByteSource read(int length, long version) throws IOException {
    int from = take(length);
    return new ByteSource(block, from, from + length, version);
  }

  /** The sum of everything that was read so far. */
  long checksum() {
    sum.update(block, summed, at - summed);
    summed = at;
    return sum.getValue();
  }

  /** Makes sure of so many bytes, and returns where in the block they begin. */
  private int take(int length) throws IOException {
    if (length < 0) {
      throw new EOFException("a piece of negative length");
    }
    if (length > end - at) {
      fill(length);
    }
    int from = at;
    at += length;
    return from;
  }

  /** The block grows only as bytes arrive: a length may be damaged, too. */
  private void fill(int length) throws IOException {
    checksum();
    System.arraycopy(block, at, block, 0, end - at);
    end -= at;
    at = 0;
    summed = 0;
    while (end < length) {
      if (end == block.length) {
        block = Arrays.copyOf(block, Math.multiplyExact(2, end));
      }
      int read = in.read(block, end, block.length - end);
      if (read < 0) {
        throw new EOFException("the snapshot ends too early");
      }
      end += read;
    }
  }
}
