package dev.signalbox.server.replication.codec;

import dev.signalbox.log.v1.EntryProto;
import dev.signalbox.log.v1.SnapshotProto;
import dev.signalbox.server.core.GrantId;
import dev.signalbox.server.core.NotHeldReason;
import dev.signalbox.server.core.Refusal;
import dev.signalbox.server.core.Result;
import dev.signalbox.server.core.SemaphoreView;
import dev.signalbox.server.core.Slot;
import java.util.ArrayList;
import java.util.List;

/** Results on the wire of a snapshot. */
final class ResultCodec {
  static final EnumTable<NotHeldReason, SnapshotProto.NotHeldReason> NOT_HELD =
      new EnumTable<>(NotHeldReason.class, SnapshotProto.NotHeldReason.class, "NOT_HELD_REASON_");
  private static final EnumTable<Result.NotGranted.Why, SnapshotProto.NotGranted.Why> WHY =
      new EnumTable<>(Result.NotGranted.Why.class, SnapshotProto.NotGranted.Why.class, "WHY_");
  private static final EnumTable<Result.Cancelled.Effect, SnapshotProto.CancelEffect> EFFECTS =
      new EnumTable<>(
          Result.Cancelled.Effect.class, SnapshotProto.CancelEffect.class, "CANCEL_EFFECT_");
  private static final EnumTable<Refusal, SnapshotProto.Refusal> REFUSALS =
      new EnumTable<>(Refusal.class, SnapshotProto.Refusal.class, "REFUSAL_");

  private ResultCodec() {}

  static SnapshotProto.Result toWire(Result result) {
    SnapshotProto.Result.Builder wire = SnapshotProto.Result.newBuilder();
    if (result instanceof Result.Granted granted) {
      wire.setGranted(toWire(granted));
    } else if (result instanceof Result.Released released) {
      wire.setReleased(
          SnapshotProto.Released.newBuilder().addAllItems(itemsToWire(released.items())));
    } else if (result instanceof Result.NotGranted notGranted) {
      wire.setNotGranted(toWire(notGranted));
    } else if (result instanceof Result.Refused refused) {
      wire.setRefused(toWire(refused));
    } else if (result instanceof Result.SemaphoreResult semaphore) {
      wire.setSemaphore(toWire(semaphore));
    } else if (result instanceof Result.Cancelled cancelled) {
      wire.setCancelled(EFFECTS.toWire(cancelled.effect()));
    } else if (result instanceof Result.Done) {
      wire.setDone(SnapshotProto.Done.getDefaultInstance());
    } else if (result instanceof Result.Opened opened) {
      wire.setOpened(CommandCodec.toWire(opened.session()));
    } else if (result instanceof Result.Resumed resumed) {
      wire.setResumed(toWire(resumed));
    }
    return wire.build();
  }

  static Result fromWire(SnapshotProto.Result wire) {
    return switch (wire.getKindCase()) {
      case GRANTED -> fromWire(wire.getGranted());
      case RELEASED -> new Result.Released(items(wire.getReleased().getItemsList()));
      case NOT_GRANTED ->
          new Result.NotGranted(
              WHY.fromWire(wire.getNotGranted().getWhy()),
              items(wire.getNotGranted().getReleasedList()));
      case REFUSED -> fromWire(wire.getRefused());
      case SEMAPHORE -> fromWire(wire.getSemaphore());
      case CANCELLED -> new Result.Cancelled(EFFECTS.fromWire(wire.getCancelled()));
      case DONE -> Result.Done.INSTANCE;
      case OPENED -> new Result.Opened(CommandCodec.sessionId(wire.getOpened()));
      case RESUMED -> fromWire(wire.getResumed());
      case KIND_NOT_SET -> throw new UnknownFormat("a result of a later release");
    };
  }

  static List<SnapshotProto.ItemResult> itemsToWire(List<Result.ItemResult> items) {
    List<SnapshotProto.ItemResult> wire = new ArrayList<>(items.size());
    for (Result.ItemResult item : items) {
      wire.add(
          SnapshotProto.ItemResult.newBuilder()
              .setReleased(item.released())
              .setReason(NOT_HELD.toWire(item.reason()))
              .addAllPreviousCounts(item.previousCounts())
              .build());
    }
    return wire;
  }

  static List<Result.ItemResult> items(List<SnapshotProto.ItemResult> wire) {
    List<Result.ItemResult> items = new ArrayList<>(wire.size());
    for (SnapshotProto.ItemResult item : wire) {
      items.add(
          new Result.ItemResult(
              item.getReleased(),
              NOT_HELD.fromWire(item.getReason()),
              List.copyOf(item.getPreviousCountsList())));
    }
    return List.copyOf(items);
  }

  static List<SnapshotProto.Slot> slotsToWire(List<Slot> slots) {
    List<SnapshotProto.Slot> wire = new ArrayList<>(slots.size());
    for (Slot slot : slots) {
      wire.add(
          SnapshotProto.Slot.newBuilder().setNumber(slot.number()).setEpoch(slot.epoch()).build());
    }
    return wire;
  }

  static List<Slot> slots(List<SnapshotProto.Slot> wire) {
    List<Slot> slots = new ArrayList<>(wire.size());
    for (SnapshotProto.Slot slot : wire) {
      slots.add(new Slot(slot.getNumber(), slot.getEpoch()));
    }
    return List.copyOf(slots);
  }

  private static SnapshotProto.Granted toWire(Result.Granted granted) {
    SnapshotProto.Granted.Builder wire =
        SnapshotProto.Granted.newBuilder()
            .setGrantedAtMicros(granted.grantedAt())
            .addAllReleased(itemsToWire(granted.released()));
    GrantId id = granted.id();
    if (id != null) {
      wire.setId(CommandCodec.toWire(id));
    }
    for (Result.GrantedPart part : granted.parts()) {
      wire.addParts(toWire(part));
    }
    return wire.build();
  }

  private static Result fromWire(SnapshotProto.Granted wire) {
    List<Result.GrantedPart> parts = new ArrayList<>(wire.getPartsCount());
    for (SnapshotProto.GrantedPart part : wire.getPartsList()) {
      parts.add(fromWire(part));
    }
    return new Result.Granted(
        wire.hasId() ? CommandCodec.grantId(wire.getId()) : null,
        wire.getGrantedAtMicros(),
        List.copyOf(parts),
        items(wire.getReleasedList()));
  }

  private static SnapshotProto.GrantedPart toWire(Result.GrantedPart part) {
    return SnapshotProto.GrantedPart.newBuilder()
        .setIndex(part.index())
        .setSemaphore(part.semaphore())
        .setPermits(part.permits())
        .setConsumed(part.consumed())
        .addAllSlots(slotsToWire(part.slots()))
        .build();
  }

  private static Result.GrantedPart fromWire(SnapshotProto.GrantedPart wire) {
    return new Result.GrantedPart(
        wire.getIndex(),
        wire.getSemaphore(),
        wire.getPermits(),
        wire.getConsumed(),
        slots(wire.getSlotsList()));
  }

  private static SnapshotProto.NotGranted toWire(Result.NotGranted notGranted) {
    return SnapshotProto.NotGranted.newBuilder()
        .setWhy(WHY.toWire(notGranted.why()))
        .addAllReleased(itemsToWire(notGranted.released()))
        .build();
  }

  private static SnapshotProto.Refused toWire(Result.Refused refused) {
    return SnapshotProto.Refused.newBuilder()
        .setReason(REFUSALS.toWire(refused.reason()))
        .setSubject(refused.subject())
        .setDetail(refused.detail())
        .setItem(refused.item())
        .build();
  }

  private static Result fromWire(SnapshotProto.Refused wire) {
    return new Result.Refused(
        REFUSALS.fromWire(wire.getReason()),
        wire.getSubject(),
        wire.getDetail(),
        wire.getItem());
  }

  /** The lists of holders and waiters are not kept: no result has any. */
  private static SnapshotProto.SemaphoreResult toWire(Result.SemaphoreResult result) {
    SemaphoreView semaphore = result.semaphore();
    return SnapshotProto.SemaphoreResult.newBuilder()
        .setAlreadyExisted(result.alreadyExisted())
        .setName(semaphore.name())
        .setConfig(OperationCodec.toWire(semaphore.config()))
        .setCount(semaphore.count())
        .setDebt(semaphore.debt())
        .setHeld(semaphore.held())
        .setWaiting(semaphore.waiting())
        .build();
  }

  private static Result fromWire(SnapshotProto.SemaphoreResult wire) {
    return new Result.SemaphoreResult(
        wire.getAlreadyExisted(),
        new SemaphoreView(
            wire.getName(),
            OperationCodec.fromWire(wire.getConfig()),
            wire.getCount(),
            wire.getDebt(),
            wire.getHeld(),
            wire.getWaiting(),
            List.of(),
            List.of()));
  }

  private static SnapshotProto.Resumed toWire(Result.Resumed resumed) {
    SnapshotProto.Resumed.Builder wire = SnapshotProto.Resumed.newBuilder();
    for (GrantId grant : resumed.held()) {
      wire.addHeld(CommandCodec.toWire(grant));
    }
    return wire.build();
  }

  private static Result fromWire(SnapshotProto.Resumed wire) {
    List<GrantId> held = new ArrayList<>(wire.getHeldCount());
    for (EntryProto.Id id : wire.getHeldList()) {
      held.add(CommandCodec.grantId(id));
    }
    return new Result.Resumed(List.copyOf(held));
  }
}
