package dev.signalbox.client.internal;

import com.google.protobuf.ByteString;
import dev.signalbox.v1.NotHeldReason;
import java.util.function.ObjIntConsumer;

/** A grant that a session holds, as the link needs to know it. */
public abstract class Holding {
  private final ByteString grantId;
  private final String[] semaphores;
  private final int[] left;

  /** It was lost, and {@link Losses}, which guards this, still counts it. */
  boolean lossUnsettled;

  /**
   * A grant just made.
   *
   * @param semaphores what it holds of, kept
   * @param permits how many of each, kept and changed
   */
  protected Holding(ByteString grantId, String[] semaphores, int[] permits) {
    this.grantId = grantId;
    this.semaphores = semaphores;
    this.left = permits;
  }

  /** The id. */
  public final ByteString grantId() {
    return grantId;
  }

  /**
   * The service took back all of it ({@code wholly}) or the permits of a semaphore. Network thread;
   * must not run user code.
   */
  protected abstract void lost(NotHeldReason reason, boolean wholly);

  /** The last of it was given back. Network thread; must not run user code. */
  protected abstract void returned();

  /** Takes up to so many permits of the semaphore off what is left, and says how many it took. */
  int take(String semaphore, int atMost) {
    int taken = 0;
    for (int i = 0; i < left.length; i++) {
      if (semaphores[i].equals(semaphore)) {
        taken = Math.min(atMost, left[i]);
        left[i] -= taken;
      }
    }
    return taken;
  }

  void forEachLeft(ObjIntConsumer<String> user) {
    for (int i = 0; i < left.length; i++) {
      user.accept(semaphores[i], left[i]);
    }
  }

  boolean isEmpty() {
    for (int permits : left) {
      if (permits > 0) {
        return false;
      }
    }
    return true;
  }

  String[] semaphores() {
    return semaphores;
  }
}
