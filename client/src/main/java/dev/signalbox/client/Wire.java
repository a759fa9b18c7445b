package dev.signalbox.client;

import com.google.protobuf.ByteString;
import dev.signalbox.client.internal.Durations;
import dev.signalbox.v1.AcquireMode;
import dev.signalbox.v1.AcquirePart;
import dev.signalbox.v1.CreateSemaphore;
import dev.signalbox.v1.GiveBack;
import dev.signalbox.v1.GrantPart;
import dev.signalbox.v1.NotHeldReason;
import dev.signalbox.v1.ReleaseItemResult;
import dev.signalbox.v1.Semaphore;
import dev.signalbox.v1.Session;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The one place that knows both the public words and those of the wire. */
final class Wire {
  private static final Pattern GRANT_ID = Pattern.compile("[0-9a-f]{32}");

  private Wire() {}

  static CreateSemaphore create(String name, SemaphoreSpec spec) {
    CreateSemaphore.Builder create =
        CreateSemaphore.newBuilder()
            .setName(name)
            .setMaxCount(spec.max())
            .setOwnerOnly(spec.isOwnerOnly())
            .setNumbered(spec.isNumbered())
            .setIfExists(ifExists(spec.ifExists()))
            .setKind(kind(ObjectKind.SEMAPHORE));
    spec.initial().ifPresent(create::setInitialCount);
    spec.refill().ifPresent(refill -> create.setRefill(refill(refill)));
    spec.idleTtl().ifPresent(ttl -> create.setIdleTtl(Durations.toWire(ttl)));
    return create.build();
  }

  static CreateSemaphore create(String name, MutexSpec spec) {
    CreateSemaphore.Builder create =
        one(name, ObjectKind.MUTEX, spec.ifExists()).setInitialCount(1);
    spec.idleTtl().ifPresent(ttl -> create.setIdleTtl(Durations.toWire(ttl)));
    return create.build();
  }

  static CreateSemaphore create(String name, EventSpec spec) {
    CreateSemaphore.Builder create =
        one(name, ObjectKind.EVENT, spec.ifExists())
            .setInitialCount(spec.isInitiallySet() ? 1 : 0)
            .setManualReset(spec.isManualReset());
    spec.idleTtl().ifPresent(ttl -> create.setIdleTtl(Durations.toWire(ttl)));
    return create.build();
  }

  private static CreateSemaphore.Builder one(String name, ObjectKind kind, IfExists choice) {
    return CreateSemaphore.newBuilder()
        .setName(name)
        .setKind(kind(kind))
        .setMaxCount(1)
        .setIfExists(ifExists(choice));
  }

  private static dev.signalbox.v1.Refill refill(Refill refill) {
    return dev.signalbox.v1.Refill.newBuilder()
        .setPermits(refill.permits())
        .setPeriod(Durations.toWire(refill.period()))
        .build();
  }

  private static dev.signalbox.v1.IfExists ifExists(IfExists choice) {
    return switch (choice) {
      case OPEN -> dev.signalbox.v1.IfExists.IF_EXISTS_OPEN;
      case FAIL -> dev.signalbox.v1.IfExists.IF_EXISTS_FAIL;
      case UPDATE -> dev.signalbox.v1.IfExists.IF_EXISTS_UPDATE;
    };
  }

  static dev.signalbox.v1.ObjectKind kind(ObjectKind kind) {
    return switch (kind) {
      case SEMAPHORE -> dev.signalbox.v1.ObjectKind.OBJECT_KIND_SEMAPHORE;
      case MUTEX -> dev.signalbox.v1.ObjectKind.OBJECT_KIND_MUTEX;
      case EVENT -> dev.signalbox.v1.ObjectKind.OBJECT_KIND_EVENT;
    };
  }

  private static ObjectKind kind(dev.signalbox.v1.ObjectKind kind) {
    return switch (kind) {
      case OBJECT_KIND_MUTEX -> ObjectKind.MUTEX;
      case OBJECT_KIND_EVENT -> ObjectKind.EVENT;
      case OBJECT_KIND_SEMAPHORE, OBJECT_KIND_UNSPECIFIED, UNRECOGNIZED -> ObjectKind.SEMAPHORE;
    };
  }

  static SemaphoreInfo info(Semaphore semaphore) {
    return new SemaphoreInfo(
        semaphore.getName(),
        kind(semaphore.getKind()),
        semaphore.getCount(),
        semaphore.getMaxCount(),
        semaphore.getDebt(),
        semaphore.getHeld(),
        semaphore.getWaiting(),
        semaphore.getOwnerOnly(),
        semaphore.getNumbered(),
        semaphore.getManualReset(),
        semaphore.getAbandoned(),
        semaphore.hasRefill() ? Optional.of(refill(semaphore.getRefill())) : Optional.empty(),
        semaphore.hasIdleTtl()
            ? Optional.of(Durations.fromWire(semaphore.getIdleTtl()))
            : Optional.empty(),
        semaphore.getHoldersList().stream().map(Wire::holder).toList(),
        semaphore.getWaitersList().stream().map(Wire::waiter).toList());
  }

  private static Refill refill(dev.signalbox.v1.Refill refill) {
    return new Refill(refill.getPermits(), Durations.fromWire(refill.getPeriod()));
  }

  private static SemaphoreInfo.Holder holder(dev.signalbox.v1.Holder holder) {
    return new SemaphoreInfo.Holder(
        holder.getClientName(), holder.getSessionNumber(), holder.getPermits());
  }

  private static SemaphoreInfo.Waiter waiter(dev.signalbox.v1.Waiter waiter) {
    return new SemaphoreInfo.Waiter(
        waiter.getClientName(),
        waiter.getSessionNumber(),
        waiter.getPermits(),
        Durations.fromWire(waiter.getWaited()));
  }

  static dev.signalbox.v1.Acquire acquire(Acquire acquire) {
    dev.signalbox.v1.Acquire.Builder wire =
        dev.signalbox.v1.Acquire.newBuilder()
            .setMode(mode(acquire.mode()))
            .setConsume(acquire.isConsuming());
    for (Acquire.Part part : acquire.parts()) {
      wire.addParts(
          AcquirePart.newBuilder()
              .setSemaphore(part.semaphore().name())
              .setPermits(part.permits()));
    }
    acquire
        .within()
        .ifPresentOrElse(
            wait -> wire.setWaitAtMost(Durations.toWire(wait)), () -> wire.setWaitForever(true));
    acquire.holdAtMost().ifPresent(limit -> wire.setHoldAtMost(Durations.toWire(limit)));
    return wire.build();
  }

  private static AcquireMode mode(Acquire.Mode mode) {
    return switch (mode) {
      case ALL_OF -> AcquireMode.ACQUIRE_MODE_ALL_OF;
      case ANY_OF -> AcquireMode.ACQUIRE_MODE_ANY_OF;
      case OPPORTUNISTIC -> AcquireMode.ACQUIRE_MODE_OPPORTUNISTIC_ALL_OF;
    };
  }

  static GrantedPart granted(GrantPart part, String semaphore) {
    return new GrantedPart(
        semaphore,
        part.getPermits(),
        part.getConsumed(),
        part.getSlotsList(),
        part.getEpochsList(),
        part.getAbandoned());
  }

  static ByteString grantId(String id) {
    if (!GRANT_ID.matcher(id).matches()) {
      throw new SignalboxException.InvalidArgument("grantId", "must be 32 hexadecimal digits");
    }
    return ByteString.copyFrom(HexFormat.of().parseHex(id));
  }

  static SessionInfo session(Session session) {
    return new SessionInfo(
        session.getSessionNumber(),
        session.getClientName(),
        Durations.fromWire(session.getLease()),
        session.getGrants(),
        session.getPermits(),
        session.getWaiting());
  }

  static dev.signalbox.v1.ReleaseItem item(ReleaseItem item) {
    dev.signalbox.v1.ReleaseItem.Builder wire = dev.signalbox.v1.ReleaseItem.newBuilder();
    if (item instanceof ReleaseItem.Signal signal) {
      wire.setSignal(signal(signal));
    } else if (item instanceof ReleaseItem.MutexRelease release) {
      wire.setSignal(
          dev.signalbox.v1.Signal.newBuilder().setSemaphore(release.mutex().name()).setPermits(1));
    } else if (item instanceof ReleaseItem.GiveBack part) {
      wire.setGiveBack(Returnable.of(part.permit()).write(part));
    } else if (item instanceof ReleaseItem.HandedOn handed) {
      wire.setGiveBack(GiveBack.newBuilder().setGrantId(grantId(handed.permitId())));
    }
    return wire.build();
  }

  static dev.signalbox.v1.Signal signal(ReleaseItem.Signal signal) {
    return dev.signalbox.v1.Signal.newBuilder()
        .setSemaphore(signal.semaphore().name())
        .setPermits(signal.permits())
        .build();
  }

  static ReleaseResult result(ReleaseItemResult result) {
    return result.getReleased()
        ? new ReleaseResult(true, Optional.empty(), result.getPreviousCountsList())
        : notHeld(reason(result.getNotHeldReason()));
  }

  static ReleaseResult released(int previousCount) {
    return new ReleaseResult(true, Optional.empty(), List.of(previousCount));
  }

  static ReleaseResult notHeld(LossReason reason) {
    return new ReleaseResult(false, Optional.of(reason), List.of());
  }

  static LossReason reason(NotHeldReason reason) {
    return switch (reason) {
      case NOT_HELD_REASON_SESSION_ENDED -> LossReason.SESSION_LOST;
      case NOT_HELD_REASON_HOLD_LIMIT -> LossReason.HOLD_LIMIT;
      case NOT_HELD_REASON_SEMAPHORE_DELETED -> LossReason.SEMAPHORE_DELETED;
      case NOT_HELD_REASON_UNSPECIFIED, UNRECOGNIZED -> LossReason.NO_LONGER_KNOWN;
    };
  }
}
