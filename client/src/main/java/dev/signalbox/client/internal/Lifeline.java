package dev.signalbox.client.internal;

import java.util.ArrayDeque;

/**
 * The client's side of a lease (L1, L4): which frame was sent when, which of them the server has
 * acknowledged, and what follows for the fence. Network thread, but for the fence.
 *
 * <p>The lease is counted from the <em>sending</em> of the last acknowledged frame, and cut short
 * by a margin of a tenth of it, at least 50 ms. The server counts it from the arrival. So the fence
 * is passed here before the server gives anything away, even if the two clocks differ in rate by
 * some percent.
 */
final class Lifeline {
  private static final long LEAST_MARGIN = 50_000_000;

  private record SentFrame(long number, long at) {}

  private final ArrayDeque<SentFrame> unacknowledged = new ArrayDeque<>();
  private final Ticker ticker;
  private final Fence fence;
  private final long endAfterBreak;
  private long lease;
  private long lastFrame;
  private long lastSentAt;
  private long renewedAt;
  private boolean jeopardyTold;

  /**
   * A lifeline that starts now.
   *
   * @param lease in nanoseconds
   * @param endAfterBreak in nanoseconds (L9); negative: not chosen
   */
  Lifeline(long lease, long endAfterBreak, Ticker ticker, Runnable onFall) {
    this.lease = lease;
    this.endAfterBreak = endAfterBreak;
    this.ticker = ticker;
    renewedAt = ticker.nanoTime();
    lastSentAt = renewedAt;
    fence = new Fence(renewedAt + lease - margin(lease), ticker, onFall);
  }

  static long margin(long duration) {
    return Math.max(LEAST_MARGIN, duration / 10);
  }

  Fence fence() {
    return fence;
  }

  /** The number for a frame that is sent now. */
  long nextFrame() {
    lastSentAt = ticker.nanoTime();
    unacknowledged.add(new SentFrame(++lastFrame, lastSentAt));
    return lastFrame;
  }

  /** The lease that the server granted instead of the one asked for. */
  void granted(long lease) {
    this.lease = lease;
  }

  /** The server has acknowledged all frames up to this number. */
  void renewedThrough(long frame) {
    boolean renewed = false;
    while (!unacknowledged.isEmpty() && unacknowledged.peek().number() <= frame) {
      renewedAt = unacknowledged.remove().at();
      renewed = true;
    }
    if (renewed) {
      jeopardyTold = false;
      fence.moveTo(renewedAt + lease - margin(lease));
    }
  }

  /** The stream broke: where that ends the session early, the fence comes nearer (L9). */
  void broken() {
    if (endAfterBreak >= 0) {
      fence.notAfter(ticker.nanoTime() + Math.max(0, endAfterBreak - margin(endAfterBreak)));
    }
  }

  /** The number of the last frame that was sent. */
  long lastFrame() {
    return lastFrame;
  }

  /** Whether the server has acknowledged this frame. */
  boolean isAcknowledged(long frame) {
    SentFrame oldest = unacknowledged.peek();
    return oldest == null || oldest.number() > frame;
  }

  /** Whether a third of the lease has passed without a frame. */
  boolean heartbeatDue() {
    return untilHeartbeat() <= 0;
  }

  /** Nanoseconds until a third of the lease has passed without a frame. */
  long untilHeartbeat() {
    return lease / 3 - (ticker.nanoTime() - lastSentAt);
  }

  /** Nanoseconds until {@link #jeopardyBegins}. */
  long untilJeopardy() {
    return jeopardyTold ? Long.MAX_VALUE : lease / 2 - (ticker.nanoTime() - renewedAt);
  }

  /** Whether half of the lease has passed without an acknowledgement; true once per renewal. */
  boolean jeopardyBegins() {
    if (untilJeopardy() > 0) {
      return false;
    }
    jeopardyTold = true;
    return true;
  }
}
