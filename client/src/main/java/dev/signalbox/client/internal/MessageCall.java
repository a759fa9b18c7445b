package dev.signalbox.client.internal;

import com.google.protobuf.ByteString;
import dev.signalbox.v1.Reply;
import dev.signalbox.v1.Request;
import org.jspecify.annotations.Nullable;

/** A request of the session that is written and read as a message. Both: network thread. */
public abstract class MessageCall<T> extends StreamCall<T> {
  /** A call on the given link. */
  protected MessageCall(SessionLink link) {
    super(link);
  }

  @Override
  protected @Nullable ByteString encode(Session session) {
    Request.Builder request = Request.newBuilder();
    return write(request, session) ? request.build().toByteString() : null;
  }

  /**
   * Writes what is asked for, if it is to be asked in this session at all.
   *
   * @return false: there is nothing to ask, {@link #settleHere} says what came of it
   */
  protected abstract boolean write(Request.Builder to, Session session);

  @Override
  protected T read(AnswerReader answer, Session session) {
    return read(answer.message(), session);
  }

  /** Reads the answer of the session that was asked. A failure is thrown as it shall be seen. */
  protected abstract T read(Reply reply, Session session);
}
