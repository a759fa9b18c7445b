package dev.signalbox.client.internal;

import dev.signalbox.v1.Reply;
import dev.signalbox.v1.Request;
import org.jspecify.annotations.Nullable;

/**
 * A request of the session. {@link #write}, {@link #read} and {@link #settleHere}: network thread.
 */
public abstract class StreamCall<T> extends Call<T> {
  /** As sent; null until then. Network thread. */
  @Nullable Request request;

  /** A call on the given link. */
  protected StreamCall(SessionLink link) {
    super(link);
  }

  /**
   * Writes what is asked for, if it is to be asked in this session at all.
   *
   * @return false: there is nothing to ask, {@link #settleHere} says what came of it
   */
  protected abstract boolean write(Request.Builder to, Session session);

  /** What a request that need not be sent comes to. */
  protected T settleHere() {
    throw new IllegalStateException("must be sent");
  }

  /** Reads the answer of the session that was asked. A failure is thrown as it shall be seen. */
  protected abstract T read(Reply reply, Session session);

  /** Whether, if the session is lost before the answer comes, something of it may remain done. */
  protected boolean maySurviveSession() {
    return true;
  }

  /** Whether it follows from a call that had its room, and needs none of its own. */
  protected boolean isFree() {
    return false;
  }

  /** Whether permits that the session holds, or a will that it left, depend on it. */
  protected boolean givesBack() {
    return false;
  }

  /** Whether it is about a session that is lost, so that asking another makes no sense. */
  protected boolean isOrphanIn(@Nullable Session current) {
    return false;
  }

  /** It was about a session that is lost, and fails. Network thread. */
  protected void orphaned() {}

  @Override
  Lanes.Kind lane() {
    return isFree() ? Lanes.Kind.FREE : Lanes.Kind.PROMPT;
  }

  /** The number under which it was sent. */
  long number() {
    return request == null ? 0 : request.getNumber();
  }
}
