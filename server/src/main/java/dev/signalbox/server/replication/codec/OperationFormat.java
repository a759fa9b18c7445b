package dev.signalbox.server.replication.codec;

import dev.signalbox.server.core.GrantId;
import dev.signalbox.server.core.IfExists;
import dev.signalbox.server.core.Operation;
import java.util.List;

/** Operations as bytes: a tag, and the fields; what {@link ValueFormat} says holds here, too. */
final class OperationFormat {
  private static final int CREATE_SEMAPHORE = 1;
  private static final int OPEN_SEMAPHORE = 2;
  private static final int UPDATE_SEMAPHORE = 3;
  private static final int DELETE_SEMAPHORE = 4;
  private static final int ACQUIRE = 5;
  private static final int RELEASE = 6;
  private static final int RELEASE_AND_ACQUIRE = 7;
  private static final int CANCEL = 8;
  private static final int DRAIN = 9;
  private static final int SET_WILL = 10;
  private static final int CLEAR_WILL = 11;
  private static final int RESET_EVENT = 12;
  private static final int TAKE_CREDIT = 13;

  private static final int SIGNAL = 1;
  private static final int GIVE_BACK = 2;

  private static final Codes<IfExists> IF_EXISTS =
      new Codes<>(List.of(IfExists.OPEN, IfExists.FAIL, IfExists.UPDATE));
  private static final Codes<Operation.Mode> MODES =
      new Codes<>(
          List.of(
              Operation.Mode.ALL_OF, Operation.Mode.ANY_OF, Operation.Mode.OPPORTUNISTIC_ALL_OF));

  private OperationFormat() {}

  static void write(ByteSink out, Operation operation) {
    if (operation instanceof Operation.Acquire acquire) {
      write(out.number(ACQUIRE), acquire);
    } else if (operation instanceof Operation.Release release) {
      write(out.number(RELEASE), release);
    } else if (operation instanceof Operation.ReleaseAndAcquire both) {
      write(out.number(RELEASE_AND_ACQUIRE), both.release());
      write(out, both.acquire());
    } else if (operation instanceof Operation.Cancel cancel) {
      out.number(CANCEL).number(cancel.number());
    } else if (operation instanceof Operation.Drain drain) {
      out.number(DRAIN).text(drain.semaphore()).flag(drain.consume());
    } else if (operation instanceof Operation.TakeCredit take) {
      out.number(TAKE_CREDIT).text(take.semaphore()).number(take.upTo());
    } else if (operation instanceof Operation.SetWill will) {
      out.number(SET_WILL).number(will.will()).list(will.signals(), OperationFormat::write);
    } else if (operation instanceof Operation.ClearWill will) {
      out.number(CLEAR_WILL).number(will.will());
    } else {
      writeConfiguring(out, operation);
    }
  }

  private static void writeConfiguring(ByteSink out, Operation operation) {
    if (operation instanceof Operation.CreateSemaphore create) {
      write(out.number(CREATE_SEMAPHORE), create);
    } else if (operation instanceof Operation.OpenSemaphore open) {
      ValueFormat.write(out.number(OPEN_SEMAPHORE).text(open.name()), open.kind());
    } else if (operation instanceof Operation.UpdateSemaphore update) {
      write(out.number(UPDATE_SEMAPHORE), update);
    } else if (operation instanceof Operation.DeleteSemaphore delete) {
      out.number(DELETE_SEMAPHORE)
          .text(delete.name())
          .flag(delete.force())
          .optional(delete.kind(), ValueFormat::write);
    } else if (operation instanceof Operation.ResetEvent reset) {
      out.number(RESET_EVENT).text(reset.name());
    }
  }

  static Operation read(ByteSource in) {
    int tag = in.integer();
    return switch (tag) {
      case CREATE_SEMAPHORE -> create(in);
      case OPEN_SEMAPHORE -> new Operation.OpenSemaphore(in.text(), ValueFormat.kind(in));
      case UPDATE_SEMAPHORE -> update(in);
      case DELETE_SEMAPHORE ->
          new Operation.DeleteSemaphore(
              in.text(), in.flag(), in.optionalSince(2, ValueFormat::kind));
      case ACQUIRE -> acquire(in);
      case RELEASE -> release(in);
      case RELEASE_AND_ACQUIRE -> new Operation.ReleaseAndAcquire(release(in), acquire(in));
      case CANCEL -> new Operation.Cancel(in.number());
      case DRAIN -> new Operation.Drain(in.text(), in.flag());
      case SET_WILL -> new Operation.SetWill(in.number(), in.list(OperationFormat::signal));
      case CLEAR_WILL -> new Operation.ClearWill(in.number());
      case TAKE_CREDIT -> new Operation.TakeCredit(in.text(), in.integer());
      case RESET_EVENT -> new Operation.ResetEvent(in.text());
      default -> throw new IllegalArgumentException("unknown operation " + tag);
    };
  }

  static void write(ByteSink out, Operation.Acquire acquire) {
    out.list(acquire.parts(), OperationFormat::write)
        .number(MODES.code(acquire.mode()))
        .number(acquire.waitMicros())
        .flag(acquire.consume())
        .number(acquire.holdLimitMicros());
  }

  static Operation.Acquire acquire(ByteSource in) {
    return new Operation.Acquire(
        in.list(OperationFormat::part),
        MODES.of(in.integer()),
        in.number(),
        in.flag(),
        in.number());
  }

  static void write(ByteSink out, Operation.Signal signal) {
    out.text(signal.semaphore()).number(signal.permits());
  }

  static Operation.Signal signal(ByteSource in) {
    return new Operation.Signal(in.text(), in.integer());
  }

  private static void write(ByteSink out, Operation.Part part) {
    out.text(part.semaphore()).number(part.permits());
  }

  private static Operation.Part part(ByteSource in) {
    return new Operation.Part(in.text(), in.integer());
  }

  private static void write(ByteSink out, Operation.CreateSemaphore create) {
    out.text(create.name()).number(create.initialCount());
    ValueFormat.write(out, create.config());
    out.number(IF_EXISTS.code(create.ifExists()));
  }

  private static Operation.CreateSemaphore create(ByteSource in) {
    return new Operation.CreateSemaphore(
        in.text(), in.integer(), ValueFormat.config(in), IF_EXISTS.of(in.integer()));
  }

  private static void write(ByteSink out, Operation.UpdateSemaphore update) {
    out.text(update.name())
        .number(update.maxCount())
        .optional(update.refill(), ValueFormat::write)
        .number(update.idleTtlMicros());
  }

  private static Operation.UpdateSemaphore update(ByteSource in) {
    return new Operation.UpdateSemaphore(
        in.text(), in.integer(), in.optional(ValueFormat::refill), in.number());
  }

  private static void write(ByteSink out, Operation.Release release) {
    out.list(release.items(), OperationFormat::write)
        .list(release.fulfilledWills(), ByteSink::number);
  }

  private static Operation.Release release(ByteSource in) {
    return new Operation.Release(in.list(OperationFormat::item), in.list(ByteSource::number));
  }

  private static void write(ByteSink out, Operation.Item item) {
    if (item instanceof Operation.Signal signal) {
      write(out.number(SIGNAL), signal);
    } else if (item instanceof Operation.GiveBack back) {
      write(out.number(GIVE_BACK), back);
    }
  }

  private static Operation.Item item(ByteSource in) {
    int tag = in.integer();
    return switch (tag) {
      case SIGNAL -> signal(in);
      case GIVE_BACK -> giveBack(in);
      default -> throw new IllegalArgumentException("unknown item " + tag);
    };
  }

  private static void write(ByteSink out, Operation.GiveBack back) {
    ValueFormat.write(out, back.grant());
    out.optional(back.semaphore(), ByteSink::text)
        .number(back.permits())
        .list(back.slots(), (sink, slot) -> sink.number(slot));
  }

  private static Operation.GiveBack giveBack(ByteSource in) {
    GrantId grant = ValueFormat.grantId(in);
    return new Operation.GiveBack(
        grant, in.optional(ByteSource::text), in.integer(), in.list(ByteSource::integer));
  }
}
