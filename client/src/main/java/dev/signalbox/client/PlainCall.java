package dev.signalbox.client;

import dev.signalbox.client.internal.MessageCall;
import dev.signalbox.client.internal.Session;
import dev.signalbox.client.internal.SessionLink;
import dev.signalbox.v1.Reply;
import dev.signalbox.v1.Request;
import java.util.function.Consumer;
import java.util.function.Function;

/** A request that is the same in every session. */
final class PlainCall<T> extends MessageCall<T> {
  private final Consumer<Request.Builder> question;
  private final Function<Reply, T> reading;

  PlainCall(SessionLink link, Consumer<Request.Builder> question, Function<Reply, T> reading) {
    super(link);
    this.question = question;
    this.reading = reading;
  }

  @Override
  protected boolean write(Request.Builder to, Session session) {
    question.accept(to);
    return true;
  }

  @Override
  protected T read(Reply reply, Session session) {
    return reading.apply(reply);
  }
}
