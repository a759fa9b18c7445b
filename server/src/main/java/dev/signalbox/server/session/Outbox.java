package dev.signalbox.server.session;

import dev.signalbox.server.core.EndCause;
import dev.signalbox.server.core.Outcome;
import java.util.ArrayList;
import java.util.List;

/**
 * The sending half of one stream. What an entry brings is staged without a lock and goes out when
 * the whole entry has been told, as one frame; while the transport is busy it piles up and goes out
 * later, as one bigger frame. What piles up is bounded: the transport asks the client for no more
 * requests while {@link #isCongested}, and beyond a bound the stream is cut; the replies are kept
 * by the session for the stream that resumes it (E1).
 */
public final class Outbox {
  /** Unsent outcomes from which on the client is asked for no more requests. */
  private static final int CONGESTED = 8_192;

  private final ClientStream stream;
  private final int bound;

  /** Only the apply thread. */
  private final List<Outcome> staged = new ArrayList<>();

  private boolean dirty;

  // Guarded by this.
  private final List<Outcome> pending = new ArrayList<>();
  private int sent;
  private long renewed;
  private long renewedSent;
  private boolean closed;
  private boolean sending;

  private volatile int backlog;

  /**
   * An empty outbox.
   *
   * @param stream where to send
   * @param bound unsent outcomes beyond which the stream is cut
   */
  public Outbox(ClientStream stream, int bound) {
    this.stream = stream;
    this.bound = bound;
  }

  /** Whether the client should rather read than send. */
  public boolean isCongested() {
    return backlog >= CONGESTED;
  }

  /** Outcomes that are not sent yet. */
  public int backlog() {
    return backlog;
  }

  /** Adds something that no entry brought; it goes out with the next frame. Any thread. */
  public synchronized void post(Outcome outcome) {
    if (!closed) {
      pending.add(outcome);
    }
  }

  /**
   * Makes the answer to the stream's first frame the first that is sent. Before {@link
   * LiveSession#attach}.
   *
   * @param firstFrame the first frame's number if it renewed the lease, else 0
   */
  public synchronized void greet(Outcome greeting, long firstFrame) {
    post(greeting);
    renewed = firstFrame;
  }

  /** A client frame has renewed the lease; the client is told with the next frame. Any thread. */
  public synchronized void renewed(long frame) {
    renewed = Math.max(renewed, frame);
  }

  /** Sends what is pending as far as the transport takes it. Any thread. */
  public void send() {
    synchronized (this) {
      drain();
    }
    stream.drained();
  }

  /** Says that this node is about to stop. */
  public synchronized void goingAway() {
    drain();
    if (!closed) {
      stream.sendGoingAway();
    }
  }

  /** Ends the stream; what was not sent is dropped. Any thread. */
  public synchronized void end(StreamEnd why) {
    if (!closed) {
      close();
      stream.end(why);
    }
  }

  /**
   * The stream has ended by itself, or is ended by what the transport does next.
   *
   * @return false if it had ended before
   */
  public synchronized boolean close() {
    boolean first = !closed;
    closed = true;
    pending.clear();
    sent = 0;
    backlog = 0;
    return first;
  }

  /** The stream has ended. */
  public synchronized boolean isClosed() {
    return closed;
  }

  /** Adds what an entry brought. Apply thread only, as the next two. */
  void stage(Outcome outcome) {
    staged.add(outcome);
  }

  /** Marks the outbox as one to flush; false if it is already. */
  boolean mark() {
    boolean first = !dirty;
    dirty = true;
    return first;
  }

  /** Sends what the entry brought. */
  void flush() {
    dirty = false;
    synchronized (this) {
      if (!closed) {
        pending.addAll(staged);
        drain();
        cutIfUnread();
      }
    }
    staged.clear();
    stream.drained();
  }

  private void drain() {
    if (sending) {
      return;
    }
    sending = true;
    while (!closed && hasNews() && stream.isReady()) {
      renewedSent = renewed;
      int took = stream.send(pending.subList(sent, pending.size()), renewed);
      sent = closed ? 0 : sent + took;
    }
    sending = false;
    forgetSent();
  }

  private void forgetSent() {
    if (sent == pending.size() || sent > CONGESTED) {
      pending.subList(0, sent).clear();
      sent = 0;
    }
    backlog = pending.size() - sent;
  }

  private boolean hasNews() {
    return sent < pending.size() || renewedSent < renewed;
  }

  private void cutIfUnread() {
    if (backlog > bound) {
      end(StreamEnd.UNREAD);
    } else if (backlog > 0
        && pending.get(pending.size() - 1) instanceof Outcome.SessionEnded ended
        && ended.cause() == EndCause.EXPIRED) {
      end(StreamEnd.SESSION_LOST);
    }
  }
}
