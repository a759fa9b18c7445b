package dev.signalbox.client;

import com.google.protobuf.ByteString;
import dev.signalbox.v1.Request;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an acquire asks for, ready to be sent.
 *
 * @param message as on the wire
 * @param operation likewise: the whole request but its number
 * @param names of the semaphores, in the order of its parts
 * @param uses something of it may be used up rather than held (A9, Q1, V1)
 * @param plain what a plain grant of it gives; null if there is no such thing
 */
record Wanted(
    dev.signalbox.v1.Acquire message,
    ByteString operation,
    List<String> names,
    boolean uses,
    @Nullable Granted plain) {
  static Wanted of(Acquire acquire) {
    boolean uses =
        acquire.isConsuming()
            || acquire.parts().stream().map(Acquire.Part::semaphore).anyMatch(Wanted::isUsedUp);
    List<String> names = acquire.parts().stream().map(part -> part.semaphore().name()).toList();
    dev.signalbox.v1.Acquire message = Wire.acquire(acquire);
    ByteString operation = Request.newBuilder().setAcquire(message).build().toByteString();
    return new Wanted(message, operation, names, uses, plain(acquire));
  }

  private static @Nullable Granted plain(Acquire acquire) {
    if (acquire.parts().size() != 1) {
      return null;
    }
    Acquire.Part part = acquire.parts().get(0);
    return Granted.plain(part.semaphore().name(), part.permits());
  }

  private static boolean isUsedUp(RemoteObject semaphore) {
    return semaphore instanceof RemoteEvent
        || (semaphore instanceof LinkedSemaphore linked && linked.refills());
  }
}
