package dev.signalbox.server.replication.codec;

import dev.signalbox.log.v1.SnapshotProto;
import dev.signalbox.server.core.Image;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Snapshots as bytes: a first line that names the format, then image after image. */
public final class SnapshotCodec {
  private static final byte[] FIRST_LINE =
      "signalbox snapshot 1\n".getBytes(StandardCharsets.US_ASCII);

  private SnapshotCodec() {}

  /** Begins a snapshot. */
  public static void writeStart(OutputStream out) throws IOException {
    out.write(FIRST_LINE);
  }

  /** Writes the next image. */
  public static void write(Image image, OutputStream out) throws IOException {
    ImageCodec.toWire(image).writeDelimitedTo(out);
  }

  /**
   * The images of a snapshot, read as they are asked for. Their iterator throws {@link
   * UncheckedIOException} where they cannot be read.
   *
   * @throws UnknownFormat if it is none, or one of a later release
   */
  public static Iterator<Image> read(InputStream in) throws IOException {
    if (!Arrays.equals(in.readNBytes(FIRST_LINE.length), FIRST_LINE)) {
      throw new UnknownFormat("no snapshot of version 1");
    }
    return new Images(in);
  }

  private static final class Images implements Iterator<Image> {
    private final InputStream in;
    private SnapshotProto.@Nullable Image next;

    Images(InputStream in) {
      this.in = in;
      advance();
    }

    @Override
    public boolean hasNext() {
      return next != null;
    }

    @Override
    public Image next() {
      SnapshotProto.Image current = next;
      if (current == null) {
        throw new NoSuchElementException();
      }
      advance();
      return ImageCodec.fromWire(current);
    }

    private void advance() {
      try {
        next = SnapshotProto.Image.parseDelimitedFrom(in);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
