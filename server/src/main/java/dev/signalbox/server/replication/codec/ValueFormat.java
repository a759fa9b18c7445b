package dev.signalbox.server.replication.codec;

import dev.signalbox.server.core.GrantId;
import dev.signalbox.server.core.Kind;
import dev.signalbox.server.core.Limits;
import dev.signalbox.server.core.NotHeldReason;
import dev.signalbox.server.core.Refill;
import dev.signalbox.server.core.SemaphoreConfig;
import dev.signalbox.server.core.SessionId;
import dev.signalbox.server.core.Slot;
import java.util.List;

/**
 * The values that entries and snapshots are made of, as bytes. Their fields stand in a fixed order;
 * orders, tags and the numbers of enum constants are for good, here and in the other formats of
 * this package: a change needs a new version of {@link EntryCodec} and of {@link SnapshotCodec}.
 * What a version added says since when there ({@link ByteSource#isOf}).
 *
 * <p>Version 2 made mutexes and events what they are. In version 1 they counted as semaphores do,
 * so that is what they are read as.
 */
final class ValueFormat {
  private static final Codes<Kind> KINDS =
      new Codes<>(List.of(Kind.SEMAPHORE, Kind.MUTEX, Kind.EVENT));
  private static final Codes<NotHeldReason> REASONS =
      new Codes<>(
          List.of(
              NotHeldReason.UNKNOWN,
              NotHeldReason.SESSION_ENDED,
              NotHeldReason.HOLD_LIMIT,
              NotHeldReason.SEMAPHORE_DELETED));

  private ValueFormat() {}

  static void write(ByteSink out, SessionId id) {
    out.number(id.sequence()).fixed(id.tag());
  }

  static SessionId sessionId(ByteSource in) {
    return new SessionId(in.number(), in.fixed());
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

  static void write(ByteSink out, Kind kind) {
    out.number(KINDS.code(kind));
  }

  static Kind kind(ByteSource in) {
    Kind kind = KINDS.of(in.integer());
    return in.isOf(2) ? kind : Kind.SEMAPHORE;
  }

  static void write(ByteSink out, Refill refill) {
    out.number(refill.permits()).number(refill.periodMicros());
  }

  static Refill refill(ByteSource in) {
    return new Refill(in.integer(), in.number());
  }

  static void write(ByteSink out, SemaphoreConfig config) {
    write(out, config.kind());
    out.number(config.maxCount())
        .flag(config.ownerOnly())
        .flag(config.numbered())
        .flag(config.manualReset())
        .optional(config.refill(), ValueFormat::write)
        .number(config.idleTtlMicros());
  }

  static SemaphoreConfig config(ByteSource in) {
    return new SemaphoreConfig(
        kind(in),
        in.integer(),
        in.flag(),
        in.flag(),
        in.flagSince(2),
        in.optional(ValueFormat::refill),
        in.number());
  }

  static void write(ByteSink out, Limits limits) {
    out.number(limits.sessions())
        .number(limits.semaphores())
        .number(limits.grantsPerSession())
        .number(limits.outstandingPerSession())
        .number(limits.waiters())
        .number(limits.willsPerSession());
  }

  static Limits limits(ByteSource in) {
    return new Limits(
        in.integer(), in.integer(), in.integer(), in.integer(), in.integer(), in.integer());
  }
}
