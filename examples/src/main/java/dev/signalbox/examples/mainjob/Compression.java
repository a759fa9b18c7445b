package dev.signalbox.examples.mainjob;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** The work: compresses a file as hard as gzip can, and hashes it. */
final class Compression {
  private static final int CHUNK = 64 << 10;

  /** Asked before each chunk; throws if the work must not go on. */
  interface Leave {
    void check() throws IOException;
  }

  /**
   * What came of a file.
   *
   * @param sha256 of what was read, in hex
   * @param bytes read, over all rounds
   * @param compressed what they became, over all rounds
   * @param steady every round read the same
   */
  record Result(String sha256, long bytes, long compressed, boolean steady) {}

  private final Task task;
  private final Leave leave;
  private final byte[] chunk = new byte[CHUNK];
  private final Counter compressed = new Counter();
  private long bytes;

  private Compression(Task task, Leave leave) {
    this.task = task;
    this.leave = leave;
  }

  /** Does all rounds of a task, as long as there is leave. */
  static Result of(Task task, Leave leave) throws IOException {
    return new Compression(task, leave).run();
  }

  private Result run() throws IOException {
    String first = round();
    boolean steady = true;
    for (int i = 1; i < task.rounds(); i++) {
      steady &= round().equals(first);
    }
    return new Result(first, bytes, compressed.bytes, steady);
  }

  private String round() throws IOException {
    MessageDigest sha256 = sha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(task.path()), sha256);
        OutputStream out = new Gzip(compressed)) {
      copy(in, out);
    }
    return HexFormat.of().formatHex(sha256.digest());
  }

  private void copy(InputStream in, OutputStream out) throws IOException {
    int n = 0;
    for (long left = task.bytes(); left > 0 && n >= 0; left -= n) {
      leave.check();
      n = in.read(chunk, 0, (int) Math.min(CHUNK, left));
      out.write(chunk, 0, Math.max(n, 0));
      bytes += Math.max(n, 0);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Gzip at its hardest. */
  private static final class Gzip extends GZIPOutputStream {
    Gzip(OutputStream out) throws IOException {
      super(out, CHUNK);
      def.setLevel(Deflater.BEST_COMPRESSION);
    }
  }

  /** Nobody wants the compressed bytes, so they are but counted. */
  private static final class Counter extends OutputStream {
    private long bytes;

    @Override
    public void write(int b) {
      bytes++;
    }

    @Override
    public void write(byte[] b, int offset, int length) {
      bytes += length;
    }
  }
}
