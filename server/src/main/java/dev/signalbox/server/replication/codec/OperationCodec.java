package dev.signalbox.server.replication.codec;

import dev.signalbox.log.v1.EntryProto;
import dev.signalbox.server.core.Command;
import dev.signalbox.server.core.IfExists;
import dev.signalbox.server.core.Kind;
import dev.signalbox.server.core.Operation;
import dev.signalbox.server.core.Refill;
import dev.signalbox.server.core.SemaphoreConfig;
import java.util.ArrayList;
import java.util.List;

/** Requests and their operations on the wire of the log. */
final class OperationCodec {
  private static final EnumTable<Kind, EntryProto.Kind> KINDS =
      new EnumTable<>(Kind.class, EntryProto.Kind.class, "KIND_");
  private static final EnumTable<IfExists, EntryProto.IfExists> IF_EXISTS =
      new EnumTable<>(IfExists.class, EntryProto.IfExists.class, "IF_EXISTS_");
  private static final EnumTable<Operation.Mode, EntryProto.Mode> MODES =
      new EnumTable<>(Operation.Mode.class, EntryProto.Mode.class, "MODE_");

  private OperationCodec() {}

  static EntryProto.Request toWire(Command.Request request) {
    EntryProto.Request.Builder wire = EntryProto.Request.newBuilder().setNumber(request.number());
    if (request.session() != null) {
      wire.setSession(CommandCodec.toWire(request.session()));
    }
    put(request.operation(), wire);
    return wire.build();
  }

  static Command.Request fromWire(EntryProto.Request wire) {
    return new Command.Request(
        wire.hasSession() ? CommandCodec.sessionId(wire.getSession()) : null,
        wire.getNumber(),
        operation(wire));
  }

  private static void put(Operation operation, EntryProto.Request.Builder wire) {
    if (operation instanceof Operation.Acquire acquire) {
      wire.setAcquire(toWire(acquire));
    } else if (operation instanceof Operation.Release release) {
      wire.setRelease(toWire(release));
    } else if (operation instanceof Operation.ReleaseAndAcquire both) {
      wire.setReleaseAndAcquire(toWire(both));
    } else if (operation instanceof Operation.Cancel cancel) {
      wire.setCancel(cancel.number());
    } else if (operation instanceof Operation.Drain drain) {
      wire.setDrain(toWire(drain));
    } else if (operation instanceof Operation.CreateSemaphore create) {
      wire.setCreateSemaphore(toWire(create));
    } else if (operation instanceof Operation.OpenSemaphore open) {
      wire.setOpenSemaphore(toWire(open));
    } else if (operation instanceof Operation.UpdateSemaphore update) {
      wire.setUpdateSemaphore(toWire(update));
    } else if (operation instanceof Operation.DeleteSemaphore delete) {
      wire.setDeleteSemaphore(toWire(delete));
    } else if (operation instanceof Operation.SetWill will) {
      wire.setSetWill(will(will.will(), will.signals()));
    } else if (operation instanceof Operation.ClearWill clear) {
      wire.setClearWill(clear.will());
    }
  }

  private static Operation operation(EntryProto.Request wire) {
    return switch (wire.getOperationCase()) {
      case ACQUIRE -> fromWire(wire.getAcquire());
      case RELEASE -> fromWire(wire.getRelease());
      case RELEASE_AND_ACQUIRE -> fromWire(wire.getReleaseAndAcquire());
      case CANCEL -> new Operation.Cancel(wire.getCancel());
      case DRAIN ->
          new Operation.Drain(wire.getDrain().getSemaphore(), wire.getDrain().getConsume());
      case CREATE_SEMAPHORE -> fromWire(wire.getCreateSemaphore());
      case OPEN_SEMAPHORE -> fromWire(wire.getOpenSemaphore());
      case UPDATE_SEMAPHORE -> fromWire(wire.getUpdateSemaphore());
      case DELETE_SEMAPHORE -> fromWire(wire.getDeleteSemaphore());
      case SET_WILL ->
          new Operation.SetWill(wire.getSetWill().getNumber(), signals(wire.getSetWill()));
      case CLEAR_WILL -> new Operation.ClearWill(wire.getClearWill());
      case OPERATION_NOT_SET -> throw new UnknownFormat("an operation of a later release");
    };
  }

  static EntryProto.SemaphoreConfig toWire(SemaphoreConfig config) {
    EntryProto.SemaphoreConfig.Builder wire =
        EntryProto.SemaphoreConfig.newBuilder()
            .setKind(KINDS.toWire(config.kind()))
            .setMaxCount(config.maxCount())
            .setOwnerOnly(config.ownerOnly())
            .setNumbered(config.numbered())
            .setIdleTtlMicros(config.idleTtlMicros());
    if (config.refill() != null) {
      wire.setRefill(toWire(config.refill()));
    }
    return wire.build();
  }

  static SemaphoreConfig fromWire(EntryProto.SemaphoreConfig wire) {
    return new SemaphoreConfig(
        KINDS.fromWire(wire.getKind()),
        wire.getMaxCount(),
        wire.getOwnerOnly(),
        wire.getNumbered(),
        wire.hasRefill() ? fromWire(wire.getRefill()) : null,
        wire.getIdleTtlMicros());
  }

  static EntryProto.Acquire toWire(Operation.Acquire acquire) {
    EntryProto.Acquire.Builder wire =
        EntryProto.Acquire.newBuilder()
            .setMode(MODES.toWire(acquire.mode()))
            .setWaitMicros(acquire.waitMicros())
            .setConsume(acquire.consume())
            .setHoldLimitMicros(acquire.holdLimitMicros());
    for (Operation.Part part : acquire.parts()) {
      wire.addParts(part(part.semaphore(), part.permits()));
    }
    return wire.build();
  }

  static Operation.Acquire fromWire(EntryProto.Acquire wire) {
    List<Operation.Part> parts = new ArrayList<>(wire.getPartsCount());
    for (EntryProto.Part part : wire.getPartsList()) {
      parts.add(new Operation.Part(part.getSemaphore(), part.getPermits()));
    }
    return new Operation.Acquire(
        parts,
        MODES.fromWire(wire.getMode()),
        wire.getWaitMicros(),
        wire.getConsume(),
        wire.getHoldLimitMicros());
  }

  static EntryProto.Will will(long number, List<Operation.Signal> signals) {
    EntryProto.Will.Builder wire = EntryProto.Will.newBuilder().setNumber(number);
    for (Operation.Signal signal : signals) {
      wire.addSignals(part(signal.semaphore(), signal.permits()));
    }
    return wire.build();
  }

  static List<Operation.Signal> signals(EntryProto.Will wire) {
    List<Operation.Signal> signals = new ArrayList<>(wire.getSignalsCount());
    for (EntryProto.Part signal : wire.getSignalsList()) {
      signals.add(signal(signal));
    }
    return List.copyOf(signals);
  }

  private static EntryProto.CreateSemaphore toWire(Operation.CreateSemaphore create) {
    return EntryProto.CreateSemaphore.newBuilder()
        .setName(create.name())
        .setInitialCount(create.initialCount())
        .setConfig(toWire(create.config()))
        .setIfExists(IF_EXISTS.toWire(create.ifExists()))
        .build();
  }

  private static Operation fromWire(EntryProto.CreateSemaphore wire) {
    return new Operation.CreateSemaphore(
        wire.getName(),
        wire.getInitialCount(),
        fromWire(wire.getConfig()),
        IF_EXISTS.fromWire(wire.getIfExists()));
  }

  private static EntryProto.OpenSemaphore toWire(Operation.OpenSemaphore open) {
    return EntryProto.OpenSemaphore.newBuilder()
        .setName(open.name())
        .setKind(KINDS.toWire(open.kind()))
        .build();
  }

  private static Operation fromWire(EntryProto.OpenSemaphore wire) {
    return new Operation.OpenSemaphore(wire.getName(), KINDS.fromWire(wire.getKind()));
  }

  private static EntryProto.UpdateSemaphore toWire(Operation.UpdateSemaphore update) {
    EntryProto.UpdateSemaphore.Builder wire =
        EntryProto.UpdateSemaphore.newBuilder().setName(update.name());
    if (update.maxCount() != Operation.UpdateSemaphore.UNCHANGED) {
      wire.setMaxCount(update.maxCount());
    }
    if (update.refill() != null) {
      wire.setRefill(toWire(update.refill()));
    }
    if (update.idleTtlMicros() != Operation.UpdateSemaphore.UNCHANGED) {
      wire.setIdleTtlMicros(update.idleTtlMicros());
    }
    return wire.build();
  }

  private static Operation fromWire(EntryProto.UpdateSemaphore wire) {
    int unchanged = Operation.UpdateSemaphore.UNCHANGED;
    return new Operation.UpdateSemaphore(
        wire.getName(),
        wire.hasMaxCount() ? wire.getMaxCount() : unchanged,
        wire.hasRefill() ? fromWire(wire.getRefill()) : null,
        wire.hasIdleTtlMicros() ? wire.getIdleTtlMicros() : unchanged);
  }

  private static EntryProto.DeleteSemaphore toWire(Operation.DeleteSemaphore delete) {
    return EntryProto.DeleteSemaphore.newBuilder()
        .setName(delete.name())
        .setForce(delete.force())
        .build();
  }

  private static Operation fromWire(EntryProto.DeleteSemaphore wire) {
    return new Operation.DeleteSemaphore(wire.getName(), wire.getForce());
  }

  private static EntryProto.ReleaseAndAcquire toWire(Operation.ReleaseAndAcquire both) {
    return EntryProto.ReleaseAndAcquire.newBuilder()
        .setRelease(toWire(both.release()))
        .setAcquire(toWire(both.acquire()))
        .build();
  }

  private static Operation fromWire(EntryProto.ReleaseAndAcquire wire) {
    return new Operation.ReleaseAndAcquire(
        fromWire(wire.getRelease()), fromWire(wire.getAcquire()));
  }

  private static EntryProto.Drain toWire(Operation.Drain drain) {
    return EntryProto.Drain.newBuilder()
        .setSemaphore(drain.semaphore())
        .setConsume(drain.consume())
        .build();
  }

  private static EntryProto.Release toWire(Operation.Release release) {
    EntryProto.Release.Builder wire =
        EntryProto.Release.newBuilder().addAllFulfilledWills(release.fulfilledWills());
    for (Operation.Item item : release.items()) {
      wire.addItems(toWire(item));
    }
    return wire.build();
  }

  private static Operation.Release fromWire(EntryProto.Release wire) {
    List<Operation.Item> items = new ArrayList<>(wire.getItemsCount());
    for (EntryProto.Item item : wire.getItemsList()) {
      items.add(fromWire(item));
    }
    return new Operation.Release(items, wire.getFulfilledWillsList());
  }

  private static EntryProto.Item toWire(Operation.Item item) {
    EntryProto.Item.Builder wire = EntryProto.Item.newBuilder();
    if (item instanceof Operation.Signal signal) {
      wire.setSignal(part(signal.semaphore(), signal.permits()));
    } else if (item instanceof Operation.GiveBack giveBack) {
      wire.setGiveBack(toWire(giveBack));
    }
    return wire.build();
  }

  private static Operation.Item fromWire(EntryProto.Item wire) {
    return switch (wire.getKindCase()) {
      case SIGNAL -> signal(wire.getSignal());
      case GIVE_BACK -> fromWire(wire.getGiveBack());
      case KIND_NOT_SET -> throw new UnknownFormat("an item of a later release");
    };
  }

  private static EntryProto.GiveBack toWire(Operation.GiveBack giveBack) {
    EntryProto.GiveBack.Builder wire =
        EntryProto.GiveBack.newBuilder()
            .setGrant(CommandCodec.toWire(giveBack.grant()))
            .setPermits(giveBack.permits())
            .addAllSlots(giveBack.slots());
    String semaphore = giveBack.semaphore();
    if (semaphore != null) {
      wire.setSemaphore(semaphore);
    }
    return wire.build();
  }

  private static Operation.Item fromWire(EntryProto.GiveBack wire) {
    return new Operation.GiveBack(
        CommandCodec.grantId(wire.getGrant()),
        wire.hasSemaphore() ? wire.getSemaphore() : null,
        wire.getPermits(),
        List.copyOf(wire.getSlotsList()));
  }

  private static EntryProto.Part part(String semaphore, int permits) {
    return EntryProto.Part.newBuilder().setSemaphore(semaphore).setPermits(permits).build();
  }

  private static Operation.Signal signal(EntryProto.Part wire) {
    return new Operation.Signal(wire.getSemaphore(), wire.getPermits());
  }

  private static EntryProto.Refill toWire(Refill refill) {
    return EntryProto.Refill.newBuilder()
        .setPermits(refill.permits())
        .setPeriodMicros(refill.periodMicros())
        .build();
  }

  private static Refill fromWire(EntryProto.Refill wire) {
    return new Refill(wire.getPermits(), wire.getPeriodMicros());
  }
}
