package dev.signalbox.server.replication.codec;

import dev.signalbox.server.core.Credit;
import dev.signalbox.server.core.Image;
import java.util.List;

/**
 * Pieces of a snapshot as bytes: a tag, and the fields; what {@link ValueFormat} says holds here.
 */
final class ImageFormat {
  private static final int HEADER = 1;
  private static final int SESSION = 2;
  private static final int SEMAPHORE = 3;
  private static final int GRANT = 4;
  private static final int WAITER = 5;
  private static final int ENDED_GRANT = 6;
  private static final int END = 7;

  private static final Codes<Credit> CREDITS =
      new Codes<>(List.of(Credit.NONE, Credit.OUT, Credit.RECALLED));

  private ImageFormat() {}

  static void write(ByteSink out, Image image) {
    if (image instanceof Image.Header header) {
      write(out.number(HEADER), header);
    } else if (image instanceof Image.SessionImage session) {
      write(out.number(SESSION), session);
    } else if (image instanceof Image.SemaphoreImage semaphore) {
      write(out.number(SEMAPHORE), semaphore);
    } else if (image instanceof Image.GrantImage grant) {
      write(out.number(GRANT), grant);
    } else if (image instanceof Image.WaiterImage waiter) {
      write(out.number(WAITER), waiter);
    } else if (image instanceof Image.EndedGrantImage ended) {
      ValueFormat.write(out.number(ENDED_GRANT), ended.id());
      ValueFormat.write(out, ended.reason());
    } else if (image instanceof Image.End) {
      out.number(END);
    }
  }

  static Image read(ByteSource in) {
    int tag = in.integer();
    return switch (tag) {
      case HEADER -> header(in);
      case SESSION -> session(in);
      case SEMAPHORE -> semaphore(in);
      case GRANT -> grant(in);
      case WAITER -> waiter(in);
      case ENDED_GRANT ->
          new Image.EndedGrantImage(ValueFormat.grantId(in), ValueFormat.reason(in));
      case END -> new Image.End();
      default -> throw new IllegalArgumentException("unknown piece " + tag);
    };
  }

  private static void write(ByteSink out, Image.Header header) {
    out.number(header.now())
        .number(header.lastSession())
        .number(header.lastSemaphore())
        .number(header.lastGrant())
        .number(header.lastArrival());
    ValueFormat.write(out, header.limits());
  }

  private static Image.Header header(ByteSource in) {
    return new Image.Header(
        in.number(), in.number(), in.number(), in.number(), in.number(), ValueFormat.limits(in));
  }

  private static void write(ByteSink out, Image.SessionImage session) {
    ValueFormat.write(out, session.id());
    out.text(session.clientName())
        .number(session.leaseMicros())
        .number(session.endAfterBreakMicros())
        .flag(session.ephemeral())
        .list(session.forgotten(), (sink, range) -> sink.number(range.first()).number(range.last()))
        .list(session.replies(), ImageFormat::write)
        .list(session.wills(), ImageFormat::write);
  }

  private static Image.SessionImage session(ByteSource in) {
    return new Image.SessionImage(
        ValueFormat.sessionId(in),
        in.text(),
        in.number(),
        in.number(),
        in.flag(),
        in.list(source -> new Image.Range(source.number(), source.number())),
        in.list(source -> new Image.Reply(source.number(), ResultFormat.read(source))),
        in.list(source -> new Image.Will(source.number(), source.list(OperationFormat::signal))));
  }

  private static void write(ByteSink out, Image.Reply reply) {
    ResultFormat.write(out.number(reply.number()), reply.result());
  }

  private static void write(ByteSink out, Image.Will will) {
    out.number(will.number()).list(will.signals(), OperationFormat::write);
  }

  private static void write(ByteSink out, Image.SemaphoreImage semaphore) {
    out.number(semaphore.id()).text(semaphore.name());
    ValueFormat.write(out, semaphore.config());
    out.number(semaphore.count())
        .number(semaphore.debt())
        .number(semaphore.refillFraction())
        .number(semaphore.lastUsed())
        .list(semaphore.epochs(), ByteSink::number)
        .flag(semaphore.abandoned())
        .list(semaphore.holders(), ByteSink::number);
  }

  private static Image.SemaphoreImage semaphore(ByteSource in) {
    return new Image.SemaphoreImage(
        in.number(),
        in.text(),
        ValueFormat.config(in),
        in.integer(),
        in.number(),
        in.number(),
        in.number(),
        in.list(ByteSource::number),
        in.flagSince(2),
        in.list(ByteSource::number));
  }

  private static void write(ByteSink out, Image.GrantImage grant) {
    ValueFormat.write(out, grant.id());
    out.number(grant.session())
        .number(grant.grantedAt())
        .number(grant.holdDeadline())
        .list(grant.holdings(), ImageFormat::write)
        .number(CREDITS.code(grant.credit()));
  }

  private static Image.GrantImage grant(ByteSource in) {
    return new Image.GrantImage(
        ValueFormat.grantId(in),
        in.number(),
        in.number(),
        in.number(),
        in.list(ImageFormat::holding),
        in.isOf(3) ? CREDITS.of(in.integer()) : Credit.NONE);
  }

  private static void write(ByteSink out, Image.HoldingImage holding) {
    out.text(holding.semaphore())
        .number(holding.permits())
        .list(holding.slots(), ValueFormat::write);
  }

  private static Image.HoldingImage holding(ByteSource in) {
    return new Image.HoldingImage(in.text(), in.integer(), in.list(ValueFormat::slot));
  }

  private static void write(ByteSink out, Image.WaiterImage waiter) {
    out.number(waiter.arrival()).number(waiter.session()).number(waiter.number());
    OperationFormat.write(out, waiter.acquire());
    out.number(waiter.since())
        .number(waiter.deadline())
        .list(waiter.released(), ResultFormat::write);
  }

  private static Image.WaiterImage waiter(ByteSource in) {
    return new Image.WaiterImage(
        in.number(),
        in.number(),
        in.number(),
        OperationFormat.acquire(in),
        in.number(),
        in.number(),
        in.list(ResultFormat::item));
  }
}
