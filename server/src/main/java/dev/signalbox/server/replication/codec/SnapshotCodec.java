package dev.signalbox.server.replication.codec;

import dev.signalbox.server.core.Image;
import dev.signalbox.server.core.Machine;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/**
 * Whole states as bytes: a magic number and the version of the format, the pieces, each with its
 * length before it, a length of 0, and a checksum over all of it. The format has versions of its
 * own, apart from the API's.
 */
public final class SnapshotCodec {
  private static final int MAGIC = 0x53425853;
  private static final int VERSION = 3;

  private SnapshotCodec() {}

  /** Writes the machine's state; does not close the stream. */
  public static void write(Machine machine, OutputStream stream) throws IOException {
    write(machine::writeTo, stream);
  }

  /** Writes a state as {@link Machine#writeTo} gives it; does not close the stream. */
  public static void write(Consumer<Consumer<Image>> state, OutputStream stream)
      throws IOException {
    CheckedOutputStream checked = new CheckedOutputStream(stream, new CRC32C());
    DataOutputStream out = new DataOutputStream(checked);
    out.writeInt(MAGIC);
    out.writeInt(VERSION);
    writePieces(state, out);
    out.writeInt(0);
    out.writeLong(checked.getChecksum().getValue());
    out.flush();
  }

  /**
   * Reads back what {@link #write} wrote.
   *
   * @throws IOException if the bytes are not a whole snapshot of a known version
   */
  public static Machine read(InputStream stream) throws IOException {
    BlockReader in = new BlockReader(stream, new CRC32C());
    if (in.readInt() != MAGIC) {
      throw new IOException("not a snapshot");
    }
    int version = in.readInt();
    if (version < 1 || version > VERSION) {
      throw new IOException("a snapshot of the unknown version " + version);
    }
    return restore(in, version);
  }

  private static Machine restore(BlockReader in, int version) throws IOException {
    try {
      Pieces pieces = new Pieces(in, version);
      Machine machine = Machine.restore(pieces);
      if (pieces.hasNext()) {
        throw new IOException("the snapshot goes on after its end");
      }
      long sum = in.checksum();
      if (in.readLong() != sum) {
        throw new IOException("the snapshot's checksum is wrong");
      }
      return machine;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (RuntimeException e) {
      throw new IOException("the snapshot is damaged", e);
    }
  }

  private static void writePieces(Consumer<Consumer<Image>> state, DataOutputStream out)
      throws IOException {
    try {
      state.accept(image -> write(image, out));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void write(Image image, DataOutputStream out) {
    ByteSink sink = new ByteSink();
    ImageFormat.write(sink, image);
    byte[] bytes = sink.toBytes();
    try {
      out.writeInt(bytes.length);
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The pieces of a snapshot, one by one. */
  private static final class Pieces implements Iterator<Image> {
    private final BlockReader in;
    private final int version;
    private int length;

    Pieces(BlockReader in, int version) throws IOException {
      this.in = in;
      this.version = version;
      this.length = in.readInt();
    }

    @Override
    public boolean hasNext() {
      return length != 0;
    }

    @Override
    public Image next() {
      if (length == 0) {
        throw new NoSuchElementException();
      }
      try {
        Image image = ImageFormat.read(in.read(length, version));
        length = in.readInt();
        return image;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
