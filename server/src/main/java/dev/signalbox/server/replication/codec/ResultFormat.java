package dev.signalbox.server.replication.codec;

import dev.signalbox.server.core.Refusal;
import dev.signalbox.server.core.Result;
import dev.signalbox.server.core.SemaphoreView;
import java.util.List;

/** Kept replies (E1) as bytes; what {@link ValueFormat} says of stability holds here, too. */
final class ResultFormat {
  private static final int DONE = 1;
  private static final int SEMAPHORE = 2;
  private static final int GRANTED = 3;
  private static final int NOT_GRANTED = 4;
  private static final int RELEASED = 5;
  private static final int CANCELLED = 6;
  private static final int REFUSED = 7;
  private static final int RESET = 8;

  private static final Codes<Result.NotGranted.Why> WHYS =
      new Codes<>(List.of(Result.NotGranted.Why.TIMED_OUT, Result.NotGranted.Why.CANCELLED));
  private static final Codes<Result.Cancelled.Effect> EFFECTS =
      new Codes<>(
          List.of(
              Result.Cancelled.Effect.CANCELLED,
              Result.Cancelled.Effect.GIVEN_BACK,
              Result.Cancelled.Effect.NONE));
  private static final Codes<Refusal> REFUSALS =
      new Codes<>(
          List.of(
              Refusal.INVALID_FIELD,
              Refusal.SEMAPHORE_NOT_FOUND,
              Refusal.SEMAPHORE_EXISTS,
              Refusal.WRONG_KIND,
              Refusal.SEMAPHORE_IN_USE,
              Refusal.TOO_MANY_POSTS,
              Refusal.NOT_HELD_BY_SESSION,
              Refusal.SESSION_LOST,
              Refusal.REQUEST_FORGOTTEN,
              Refusal.QUOTA_EXCEEDED));

  private ResultFormat() {}

  static void write(ByteSink out, Result result) {
    if (result instanceof Result.Done) {
      out.number(DONE);
    } else if (result instanceof Result.SemaphoreResult semaphore) {
      write(out.number(SEMAPHORE), semaphore);
    } else if (result instanceof Result.Granted granted) {
      write(out.number(GRANTED), granted);
    } else if (result instanceof Result.NotGranted notGranted) {
      out.number(NOT_GRANTED).number(WHYS.code(notGranted.why()));
      out.list(notGranted.released(), ResultFormat::write);
    } else if (result instanceof Result.Released released) {
      out.number(RELEASED).list(released.items(), ResultFormat::write);
    } else if (result instanceof Result.Cancelled cancelled) {
      out.number(CANCELLED).number(EFFECTS.code(cancelled.effect()));
    } else if (result instanceof Result.Reset reset) {
      out.number(RESET).number(reset.previousCount());
    } else if (result instanceof Result.Refused refused) {
      write(out.number(REFUSED), refused);
    } else {
      throw new IllegalArgumentException("never kept: " + result);
    }
  }

  static Result read(ByteSource in) {
    int tag = in.integer();
    return switch (tag) {
      case DONE -> Result.Done.INSTANCE;
      case SEMAPHORE -> new Result.SemaphoreResult(in.flag(), view(in));
      case GRANTED -> granted(in);
      case NOT_GRANTED -> new Result.NotGranted(WHYS.of(in.integer()), in.list(ResultFormat::item));
      case RELEASED -> new Result.Released(in.list(ResultFormat::item));
      case CANCELLED -> new Result.Cancelled(EFFECTS.of(in.integer()));
      case RESET -> new Result.Reset(in.integer());
      case REFUSED ->
          new Result.Refused(REFUSALS.of(in.integer()), in.text(), in.text(), in.integer());
      default -> throw new IllegalArgumentException("unknown result " + tag);
    };
  }

  static void write(ByteSink out, Result.ItemResult item) {
    out.flag(item.released());
    ValueFormat.write(out, item.reason());
    out.list(item.previousCounts(), (sink, count) -> sink.number(count));
  }

  static Result.ItemResult item(ByteSource in) {
    return new Result.ItemResult(in.flag(), ValueFormat.reason(in), in.list(ByteSource::integer));
  }

  private static void write(ByteSink out, Result.SemaphoreResult result) {
    SemaphoreView view = result.semaphore();
    out.flag(result.alreadyExisted()).text(view.name());
    ValueFormat.write(out, view.config());
    out.number(view.count()).number(view.debt()).number(view.held()).number(view.waiting());
    out.flag(view.abandoned());
  }

  /** Results never list holders or waiters. */
  private static SemaphoreView view(ByteSource in) {
    return new SemaphoreView(
        in.text(),
        ValueFormat.config(in),
        in.integer(),
        in.number(),
        in.number(),
        in.number(),
        in.flagSince(2),
        List.of(),
        List.of());
  }

  private static void write(ByteSink out, Result.Granted granted) {
    out.optional(granted.id(), ValueFormat::write)
        .number(granted.grantedAt())
        .list(granted.parts(), ResultFormat::write)
        .list(granted.released(), ResultFormat::write);
  }

  private static Result.Granted granted(ByteSource in) {
    return new Result.Granted(
        in.optional(ValueFormat::grantId),
        in.number(),
        in.list(ResultFormat::part),
        in.list(ResultFormat::item));
  }

  private static void write(ByteSink out, Result.GrantedPart part) {
    out.number(part.index())
        .text(part.semaphore())
        .number(part.permits())
        .flag(part.consumed())
        .list(part.slots(), ValueFormat::write)
        .flag(part.abandoned());
  }

  private static Result.GrantedPart part(ByteSource in) {
    return new Result.GrantedPart(
        in.integer(),
        in.text(),
        in.integer(),
        in.flag(),
        in.list(ValueFormat::slot),
        in.flagSince(2));
  }

  private static void write(ByteSink out, Result.Refused refused) {
    out.number(REFUSALS.code(refused.reason()))
        .text(refused.subject())
        .text(refused.detail())
        .number(refused.item());
  }
}
