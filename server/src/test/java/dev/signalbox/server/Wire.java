package dev.signalbox.server;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import dev.signalbox.v1.Acquire;
import dev.signalbox.v1.AcquirePart;
import dev.signalbox.v1.Cancel;
import dev.signalbox.v1.CreateSemaphore;
import dev.signalbox.v1.GiveBack;
import dev.signalbox.v1.Release;
import dev.signalbox.v1.ReleaseItem;
import dev.signalbox.v1.Request;
import dev.signalbox.v1.Signal;

/** Wire messages that tests send. */
public final class Wire {
  private Wire() {}

  public static Duration millis(long millis) {
    return Duration.newBuilder()
        .setSeconds(millis / 1_000)
        .setNanos((int) (millis % 1_000) * 1_000_000)
        .build();
  }

  public static Request create(long number, String name, int maxCount) {
    return Request.newBuilder()
        .setNumber(number)
        .setCreate(CreateSemaphore.newBuilder().setName(name).setMaxCount(maxCount))
        .build();
  }

  /** An acquire of one permit that waits for as long as it takes. */
  public static Request acquire(long number, String name) {
    return Request.newBuilder()
        .setNumber(number)
        .setAcquire(one(name).setWaitForever(true))
        .build();
  }

  public static Acquire.Builder one(String name) {
    return Acquire.newBuilder().addParts(AcquirePart.newBuilder().setSemaphore(name).setPermits(1));
  }

  public static Request giveBack(long number, ByteString grant) {
    return Request.newBuilder().setNumber(number).setRelease(giveBack(grant)).build();
  }

  public static Release giveBack(ByteString grant) {
    return Release.newBuilder()
        .addItems(ReleaseItem.newBuilder().setGiveBack(GiveBack.newBuilder().setGrantId(grant)))
        .build();
  }

  public static Request signal(long number, String name, int permits) {
    return Request.newBuilder().setNumber(number).setRelease(signal(name, permits)).build();
  }

  public static Release signal(String name, int permits) {
    return Release.newBuilder()
        .addItems(
            ReleaseItem.newBuilder()
                .setSignal(Signal.newBuilder().setSemaphore(name).setPermits(permits)))
        .build();
  }

  public static Request cancel(long number, long acquire) {
    return Request.newBuilder()
        .setNumber(number)
        .setCancel(Cancel.newBuilder().setNumber(acquire))
        .build();
  }
}
