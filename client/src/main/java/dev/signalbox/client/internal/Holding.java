package dev.signalbox.client.internal;

import dev.signalbox.v1.NotHeldReason;
import java.util.List;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/** A grant that a session holds, as the link needs to know it. */
public abstract class Holding {
  private final GrantId grantId;
  private final List<String> semaphores;
  private final int[] left;
  private final boolean byIdAlone;

  /** It was lost, and {@link Losses}, which guards this, still counts it. */
  boolean lossUnsettled;

  // Its place in HeldGrants.
  boolean isListed;
  @Nullable Holding older;
  @Nullable Holding newer;

  /**
   * A grant just made.
   *
   * @param semaphores what it holds of, kept
   * @param permits how many of each, kept and changed
   */
  protected Holding(GrantId grantId, List<String> semaphores, int[] permits) {
    this(grantId, semaphores, permits, false);
  }

  /**
   * A grant just made.
   *
   * @param semaphores what it holds of, kept
   * @param permits how many of each, kept and changed
   * @param byIdAlone releases by number leave it alone: it is a credit (K3)
   */
  protected Holding(GrantId grantId, List<String> semaphores, int[] permits, boolean byIdAlone) {
    this.grantId = grantId;
    this.semaphores = semaphores;
    this.left = permits;
    this.byIdAlone = byIdAlone;
  }

  /** The id. */
  public final GrantId grantId() {
    return grantId;
  }

  /**
   * The service took back all of it ({@code wholly}) or the permits of a semaphore. Network thread;
   * must not run user code.
   */
  protected abstract void lost(NotHeldReason reason, boolean wholly);

  /** Somebody lacks its permits (K2). Network thread; must not run user code. */
  protected void creditRecalled() {}

  /** The last of it was given back. Network thread; must not run user code. */
  protected abstract void returned();

  /** Takes up to so many permits of the semaphore off what is left, and says how many it took. */
  int take(String semaphore, int atMost) {
    int taken = 0;
    for (int i = 0; i < left.length; i++) {
      if (semaphores.get(i).equals(semaphore)) {
        taken = Math.min(atMost, left[i]);
        left[i] -= taken;
      }
    }
    return taken;
  }

  /** What is left of it that a release by number may give back. */
  void forEachLeft(ObjIntConsumer<String> user) {
    for (int i = 0; i < byNumber().size(); i++) {
      user.accept(semaphores.get(i), left[i]);
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

  /** Of what a release by number may give back permits of it. */
  List<String> byNumber() {
    return byIdAlone ? List.of() : semaphores;
  }
}
