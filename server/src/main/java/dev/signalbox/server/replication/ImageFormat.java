package dev.signalbox.server.replication;

import dev.signalbox.server.core.GrantId;
import dev.signalbox.server.core.Image;
import dev.signalbox.server.core.Kind;
import dev.signalbox.server.core.Limits;
import dev.signalbox.server.core.NotHeldReason;
import dev.signalbox.server.core.Operation;
import dev.signalbox.server.core.Refill;
import dev.signalbox.server.core.SemaphoreConfig;
import dev.signalbox.server.core.SessionId;
import dev.signalbox.server.core.Slot;
import java.util.List;

/**
 * Pieces of a snapshot as bytes. A piece is its tag and its fields in a fixed order. Tags, orders
 * and the numbers of enum constants are for good: a change needs a new version of {@link
 * SnapshotCodec}.
 */
final class ImageFormat {
  private static final int HEADER = 1;
  private static final int SESSION = 2;
  private static final int SEMAPHORE = 3;
  private static final int GRANT = 4;
  private static final int WAITER = 5;
  private static final int ENDED_GRANT = 6;
  private static final int END = 7;

  private static final Codes<Kind> KINDS =
      new Codes<>(List.of(Kind.SEMAPHORE, Kind.MUTEX, Kind.EVENT));
  private static final Codes<NotHeldReason> REASONS =
      new Codes<>(
          List.of(
              NotHeldReason.UNKNOWN,
              NotHeldReason.SESSION_ENDED,
              NotHeldReason.HOLD_LIMIT,
              NotHeldReason.SEMAPHORE_DELETED));
  private static final Codes<Operation.Mode> MODES =
      new Codes<>(
          List.of(
              Operation.Mode.ALL_OF, Operation.Mode.ANY_OF, Operation.Mode.OPPORTUNISTIC_ALL_OF));

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
      write(out.number(ENDED_GRANT), ended.id());
      out.number(REASONS.code(ended.reason()));
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
      case ENDED_GRANT -> new Image.EndedGrantImage(grantId(in), REASONS.of(in.integer()));
      case END -> new Image.End();
      default -> throw new IllegalArgumentException("unknown piece " + tag);
    };
  }

  static void write(ByteSink out, GrantId id) {
    out.number(id.sequence()).fixed(id.tag());
  }

  static GrantId grantId(ByteSource in) {
    return new GrantId(in.number(), in.fixed());
  }

  static void write(ByteSink out, Slot slot) {
    out.number(slot.number()).number(slot.epoch());
  }

  static Slot slot(ByteSource in) {
    return new Slot(in.integer(), in.number());
  }

  static void write(ByteSink out, NotHeldReason reason) {
    out.number(REASONS.code(reason));
  }

  static NotHeldReason reason(ByteSource in) {
    return REASONS.of(in.integer());
  }

  static void write(ByteSink out, SemaphoreConfig config) {
    out.number(KINDS.code(config.kind()))
        .number(config.maxCount())
        .flag(config.ownerOnly())
        .flag(config.numbered())
        .optional(
            config.refill(),
            (sink, refill) -> sink.number(refill.permits()).number(refill.periodMicros()))
        .number(config.idleTtlMicros());
  }

  static SemaphoreConfig config(ByteSource in) {
    return new SemaphoreConfig(
        KINDS.of(in.integer()),
        in.integer(),
        in.flag(),
        in.flag(),
        in.optional(source -> new Refill(source.integer(), source.number())),
        in.number());
  }

  private static void write(ByteSink out, Image.Header header) {
    Limits limits = header.limits();
    out.number(header.now())
        .number(header.lastSession())
        .number(header.lastSemaphore())
        .number(header.lastGrant())
        .number(header.lastArrival())
        .number(limits.sessions())
        .number(limits.semaphores())
        .number(limits.grantsPerSession())
        .number(limits.outstandingPerSession())
        .number(limits.waiters())
        .number(limits.willsPerSession());
  }

  private static Image.Header header(ByteSource in) {
    return new Image.Header(
        in.number(), in.number(), in.number(), in.number(), in.number(), limits(in));
  }

  private static Limits limits(ByteSource in) {
    return new Limits(
        in.integer(), in.integer(), in.integer(), in.integer(), in.integer(), in.integer());
  }

  private static void write(ByteSink out, Image.SessionImage session) {
    out.number(session.id().sequence())
        .fixed(session.id().tag())
        .text(session.clientName())
        .number(session.leaseMicros())
        .number(session.endAfterBreakMicros())
        .flag(session.ephemeral())
        .list(session.forgotten(), (sink, range) -> sink.number(range.first()).number(range.last()))
        .list(session.replies(), ImageFormat::write)
        .list(session.wills(), ImageFormat::write);
  }

  private static Image.SessionImage session(ByteSource in) {
    return new Image.SessionImage(
        new SessionId(in.number(), in.fixed()),
        in.text(),
        in.number(),
        in.number(),
        in.flag(),
        in.list(source -> new Image.Range(source.number(), source.number())),
        in.list(source -> new Image.Reply(source.number(), ResultFormat.read(source))),
        in.list(source -> new Image.Will(source.number(), source.list(ImageFormat::signal))));
  }

  private static void write(ByteSink out, Image.Reply reply) {
    ResultFormat.write(out.number(reply.number()), reply.result());
  }

  private static void write(ByteSink out, Image.Will will) {
    out.number(will.number())
        .list(
            will.signals(),
            (sink, signal) -> sink.text(signal.semaphore()).number(signal.permits()));
  }

  private static Operation.Signal signal(ByteSource in) {
    return new Operation.Signal(in.text(), in.integer());
  }

  private static void write(ByteSink out, Image.SemaphoreImage semaphore) {
    out.number(semaphore.id()).text(semaphore.name());
    write(out, semaphore.config());
    out.number(semaphore.count())
        .number(semaphore.debt())
        .number(semaphore.refillFraction())
        .number(semaphore.lastUsed())
        .list(semaphore.epochs(), ByteSink::number)
        .list(semaphore.holders(), ByteSink::number);
  }

  private static Image.SemaphoreImage semaphore(ByteSource in) {
    return new Image.SemaphoreImage(
        in.number(),
        in.text(),
        config(in),
        in.integer(),
        in.number(),
        in.number(),
        in.number(),
        in.list(ByteSource::number),
        in.list(ByteSource::number));
  }

  private static void write(ByteSink out, Image.GrantImage grant) {
    write(out, grant.id());
    out.number(grant.session())
        .number(grant.grantedAt())
        .number(grant.holdDeadline())
        .list(grant.holdings(), ImageFormat::write);
  }

  private static Image.GrantImage grant(ByteSource in) {
    return new Image.GrantImage(
        grantId(in), in.number(), in.number(), in.number(), in.list(ImageFormat::holding));
  }

  private static void write(ByteSink out, Image.HoldingImage holding) {
    out.text(holding.semaphore())
        .number(holding.permits())
        .list(holding.slots(), ImageFormat::write);
  }

  private static Image.HoldingImage holding(ByteSource in) {
    return new Image.HoldingImage(in.text(), in.integer(), in.list(ImageFormat::slot));
  }

  private static void write(ByteSink out, Image.WaiterImage waiter) {
    out.number(waiter.arrival()).number(waiter.session()).number(waiter.number());
    write(out, waiter.acquire());
    out.number(waiter.since())
        .number(waiter.deadline())
        .list(waiter.released(), ResultFormat::write);
  }

  private static Image.WaiterImage waiter(ByteSource in) {
    return new Image.WaiterImage(
        in.number(),
        in.number(),
        in.number(),
        acquire(in),
        in.number(),
        in.number(),
        in.list(ResultFormat::item));
  }

  private static void write(ByteSink out, Operation.Acquire acquire) {
    out.list(acquire.parts(), (sink, part) -> sink.text(part.semaphore()).number(part.permits()))
        .number(MODES.code(acquire.mode()))
        .number(acquire.waitMicros())
        .flag(acquire.consume())
        .number(acquire.holdLimitMicros());
  }

  private static Operation.Acquire acquire(ByteSource in) {
    return new Operation.Acquire(
        in.list(source -> new Operation.Part(source.text(), source.integer())),
        MODES.of(in.integer()),
        in.number(),
        in.flag(),
        in.number());
  }
}
