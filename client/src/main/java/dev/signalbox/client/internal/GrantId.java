package dev.signalbox.client.internal;

import com.google.protobuf.ByteString;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.HexFormat;

/**
 * The id of a grant, 16 bytes, as two numbers of eight bytes each, the lowest byte first: cheap to
 * compare, to hash and to copy.
 */
public record GrantId(long first, long second) {
  /** Of what was used up, so that there is nothing to give back. Empty on the wire. */
  public static final GrantId NONE = new GrantId(0, 0);

  /** How long it is on the wire. */
  public static final int BYTES = 16;

  private static final VarHandle NUMBERS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** As it came over the wire. */
  public static GrantId of(ByteString bytes) {
    if (bytes.isEmpty()) {
      return NONE;
    }
    if (bytes.size() != BYTES) {
      throw new IllegalArgumentException("the id of a grant must have 16 bytes: " + bytes.size());
    }
    byte[] array = bytes.toByteArray();
    return new GrantId((long) NUMBERS.get(array, 0), (long) NUMBERS.get(array, Long.BYTES));
  }

  /** As it goes over the wire. */
  public ByteString toBytes() {
    return equals(NONE) ? ByteString.EMPTY : ByteString.copyFrom(toArray());
  }

  /** Writes its 16 bytes into an array. */
  public void putInto(byte[] array, int at) {
    NUMBERS.set(array, at, first);
    NUMBERS.set(array, at + Long.BYTES, second);
  }

  private byte[] toArray() {
    byte[] array = new byte[BYTES];
    putInto(array, 0);
    return array;
  }

  /** 32 hexadecimal digits; empty if there is none. */
  @Override
  public String toString() {
    return equals(NONE) ? "" : HexFormat.of().formatHex(toArray());
  }
}
