package dev.signalbox.client.internal;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.signalbox.v1.Request;
import org.jspecify.annotations.Nullable;

/**
 * A request of the session. {@link #encode}, {@link #read} and {@link #settleHere}: network thread.
 */
public abstract class StreamCall<T> extends Call<T> {
  /** As sent, without the number; empty until then. Network thread. */
  ByteString operation = ByteString.EMPTY;

  /** The number under which it was sent; 0 until then. Network thread. */
  long number;

  /** Its place in {@link Unanswered}. */
  @Nullable StreamCall<?> samePlace;

  /** A call on the given link. */
  protected StreamCall(SessionLink link) {
    super(link);
  }

  /**
   * Says what is asked for, if it is to be asked in this session at all.
   *
   * @return a {@link Request} without its number, as it goes over the wire; null: there is nothing
   *     to ask, {@link #settleHere} says what came of it
   */
  protected abstract @Nullable ByteString encode(Session session);

  /** What a request that need not be sent comes to. */
  protected T settleHere() {
    throw new IllegalStateException("must be sent");
  }

  /** Reads the answer of the session that was asked. A failure is thrown as it shall be seen. */
  protected abstract T read(AnswerReader answer, Session session);

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

  /** What was asked for, as it was sent. Network thread. */
  Request asked() {
    try {
      return Request.parseFrom(operation);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }
}
