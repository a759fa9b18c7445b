package dev.signalbox.systemtests.chaos;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Counts who is inside, over all processes, in a memory-mapped file: a witness that owes nothing to
 * the service.
 */
final class SharedGauge {
  private static final VarHandle INTS =
      MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());
  private static final int INSIDE = 0;
  private static final int HIGHEST = Integer.BYTES;

  private final MappedByteBuffer memory;

  private SharedGauge(MappedByteBuffer memory) {
    this.memory = memory;
  }

  static SharedGauge open(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return new SharedGauge(channel.map(MapMode.READ_WRITE, 0, 2 * Integer.BYTES));
    }
  }

  void enter() {
    int inside = (int) INTS.getAndAdd(memory, INSIDE, 1) + 1;
    int highest = highest();
    while (highest < inside && !INTS.compareAndSet(memory, HIGHEST, highest, inside)) {
      highest = highest();
    }
  }

  void leave() {
    INTS.getAndAdd(memory, INSIDE, -1);
  }

  int inside() {
    return (int) INTS.getVolatile(memory, INSIDE);
  }

  int highest() {
    return (int) INTS.getVolatile(memory, HIGHEST);
  }
}
