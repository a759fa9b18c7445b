package dev.signalbox.server.transport;

import dev.signalbox.server.core.GrantId;
import dev.signalbox.server.core.IfExists;
import dev.signalbox.server.core.InvalidField;
import dev.signalbox.server.core.Kind;
import dev.signalbox.server.core.Operation;
import dev.signalbox.server.core.Refill;
import dev.signalbox.server.core.SemaphoreConfig;
import dev.signalbox.v1.Acquire;
import dev.signalbox.v1.AcquireMode;
import dev.signalbox.v1.AcquirePart;
import dev.signalbox.v1.CreateSemaphore;
import dev.signalbox.v1.DeleteSemaphore;
import dev.signalbox.v1.Drain;
import dev.signalbox.v1.GiveBack;
import dev.signalbox.v1.ObjectKind;
import dev.signalbox.v1.OpenSemaphore;
import dev.signalbox.v1.Release;
import dev.signalbox.v1.ReleaseAndAcquire;
import dev.signalbox.v1.ReleaseItem;
import dev.signalbox.v1.Request;
import dev.signalbox.v1.ResetEvent;
import dev.signalbox.v1.SetWill;
import dev.signalbox.v1.Signal;
import dev.signalbox.v1.TakeCredit;
import dev.signalbox.v1.UpdateSemaphore;
import java.util.ArrayList;
import java.util.List;

/**
 * Requests of the wire as operations of the core. Every method throws {@link InvalidField} with the
 * field's path within its message.
 */
final class Operations {
  private Operations() {}

  /** What a stream's request asks for. */
  static Operation of(Request request) {
    return switch (request.getOperationCase()) {
      case CREATE -> create(request.getCreate());
      case OPEN -> open(request.getOpen());
      case UPDATE -> update(request.getUpdate());
      case DELETE -> delete(request.getDelete());
      case ACQUIRE -> acquire(request.getAcquire());
      case RELEASE -> release(request.getRelease());
      case RELEASE_AND_ACQUIRE -> releaseAndAcquire(request.getReleaseAndAcquire());
      case CANCEL -> new Operation.Cancel(request.getCancel().getNumber());
      case TAKE_CREDIT -> takeCredit(request.getTakeCredit());
      case DRAIN -> drain(request.getDrain());
      case SET_WILL -> setWill(request.getSetWill());
      case RESET_EVENT -> reset(request.getResetEvent());
      case CLEAR_WILL -> new Operation.ClearWill(request.getClearWill().getWill());
      case OPERATION_NOT_SET -> throw new InvalidField("operation", "is required");
    };
  }

  static Operation.CreateSemaphore create(CreateSemaphore create) {
    Refill refill = create.hasRefill() ? refill(create.getRefill()) : null;
    Kind kind = kind(create.getKind());
    SemaphoreConfig config =
        new SemaphoreConfig(
            kind,
            kind != Kind.SEMAPHORE && create.getMaxCount() == 0 ? 1 : create.getMaxCount(),
            create.getOwnerOnly(),
            create.getNumbered(),
            create.getManualReset(),
            refill,
            WireTime.micros("idle_ttl", create.getIdleTtl()));
    return new Operation.CreateSemaphore(
        create.getName(), initial(create, config), config, ifExists(create.getIfExists()));
  }

  /** A semaphore is full at birth, and an event not set, unless said. */
  private static int initial(CreateSemaphore create, SemaphoreConfig config) {
    if (create.hasInitialCount()) {
      return create.getInitialCount();
    }
    return config.kind() == Kind.EVENT ? 0 : config.maxCount();
  }

  static Operation.OpenSemaphore open(OpenSemaphore open) {
    return new Operation.OpenSemaphore(open.getName(), kind(open.getKind()));
  }

  static Operation.UpdateSemaphore update(UpdateSemaphore update) {
    InvalidField.unless(update.getMaxCount() >= 0, "max_count", "must not be negative");
    return new Operation.UpdateSemaphore(
        update.getName(),
        update.hasMaxCount() ? update.getMaxCount() : Operation.UpdateSemaphore.UNCHANGED,
        update.hasRefill() ? refill(update.getRefill()) : null,
        update.hasIdleTtl()
            ? WireTime.micros("idle_ttl", update.getIdleTtl())
            : Operation.UpdateSemaphore.UNCHANGED);
  }

  static Operation.DeleteSemaphore delete(DeleteSemaphore delete) {
    Kind kind = delete.hasKind() ? kind(delete.getKind()) : null;
    return new Operation.DeleteSemaphore(delete.getName(), delete.getForce(), kind);
  }

  static Operation.ResetEvent reset(ResetEvent reset) {
    return new Operation.ResetEvent(reset.getName());
  }

  static Operation.Acquire acquire(Acquire acquire) {
    int size = acquire.getPartsCount();
    List<Operation.Part> parts = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      AcquirePart part = acquire.getParts(i);
      parts.add(new Operation.Part(part.getSemaphore(), part.getPermits()));
    }
    return new Operation.Acquire(
        parts, mode(acquire.getMode()), wait(acquire), acquire.getConsume(), holdLimit(acquire));
  }

  static Operation.Release release(Release release) {
    int size = release.getItemsCount();
    List<Operation.Item> items = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      items.add(item(release.getItems(i), i));
    }
    return new Operation.Release(items, release.getFulfilledWillsList());
  }

  static Operation.ReleaseAndAcquire releaseAndAcquire(ReleaseAndAcquire both) {
    return new Operation.ReleaseAndAcquire(
        within("release", () -> release(both.getRelease())),
        within("acquire", () -> acquire(both.getAcquire())));
  }

  static Operation.Drain drain(Drain drain) {
    return new Operation.Drain(drain.getSemaphore(), drain.getConsume());
  }

  static Operation.TakeCredit takeCredit(TakeCredit take) {
    return new Operation.TakeCredit(take.getSemaphore(), take.getUpTo());
  }

  static Operation.SetWill setWill(SetWill set) {
    List<Operation.Signal> signals = new ArrayList<>(set.getSignalsCount());
    for (Signal signal : set.getSignalsList()) {
      signals.add(new Operation.Signal(signal.getSemaphore(), signal.getPermits()));
    }
    return new Operation.SetWill(set.getWill(), signals);
  }

  /** Makes something of a message that lies in a field, whose name then leads the path. */
  static <T> T within(String field, Maker<T> maker) {
    try {
      return maker.make();
    } catch (InvalidField e) {
      throw e.within(field);
    }
  }

  /** Makes a part of a command or throws {@link InvalidField}. */
  @FunctionalInterface
  interface Maker<T> {
    T make();
  }

  private static Operation.Item item(ReleaseItem item, int index) {
    if (item.hasSignal()) {
      return new Operation.Signal(item.getSignal().getSemaphore(), item.getSignal().getPermits());
    }
    InvalidField.unless(item.hasGiveBack(), "items[" + index + "].what", "is required");
    return giveBack(item.getGiveBack(), index);
  }

  private static Operation.GiveBack giveBack(GiveBack giveBack, int index) {
    GrantId grant = grant(giveBack, index);
    if (giveBack.getSlotsCount() > 0) {
      checkSlots(giveBack.getSlotsList(), index);
    }
    String semaphore = giveBack.getSemaphore();
    return new Operation.GiveBack(
        grant,
        semaphore.isEmpty() ? null : semaphore,
        giveBack.getPermits(),
        giveBack.getSlotsList());
  }

  private static GrantId grant(GiveBack giveBack, int index) {
    if (giveBack.getGrantId().size() == WireIds.LENGTH) {
      return WireIds.grantId("", giveBack.getGrantId());
    }
    return WireIds.grantId("items[" + index + "].give_back.grant_id", giveBack.getGrantId());
  }

  private static void checkSlots(List<Integer> slots, int index) {
    for (int i = 0; i < slots.size(); i++) {
      int slot = slots.get(i);
      InvalidField.unless(
          slot >= 0 && slot < SemaphoreConfig.MAX_NUMBERED,
          "items[" + index + "].give_back.slots[" + i + "]",
          "must be 0 to " + (SemaphoreConfig.MAX_NUMBERED - 1));
    }
  }

  private static Refill refill(dev.signalbox.v1.Refill refill) {
    return new Refill(refill.getPermits(), WireTime.micros("refill.period", refill.getPeriod()));
  }

  private static long wait(Acquire acquire) {
    if (acquire.hasWaitAtMost()) {
      return WireTime.micros("wait_at_most", acquire.getWaitAtMost());
    }
    return acquire.getWaitForever() ? Operation.FOREVER : 0;
  }

  private static long holdLimit(Acquire acquire) {
    if (!acquire.hasHoldAtMost()) {
      return 0;
    }
    long micros = WireTime.micros("hold_at_most", acquire.getHoldAtMost());
    InvalidField.unless(micros > 0, "hold_at_most", "must be 1 ms to 365 days");
    return micros;
  }

  private static Kind kind(ObjectKind kind) {
    return switch (kind) {
      case OBJECT_KIND_UNSPECIFIED, OBJECT_KIND_SEMAPHORE -> Kind.SEMAPHORE;
      case OBJECT_KIND_MUTEX -> Kind.MUTEX;
      case OBJECT_KIND_EVENT -> Kind.EVENT;
      case UNRECOGNIZED -> throw unknown("kind");
    };
  }

  private static IfExists ifExists(dev.signalbox.v1.IfExists ifExists) {
    return switch (ifExists) {
      case IF_EXISTS_UNSPECIFIED, IF_EXISTS_OPEN -> IfExists.OPEN;
      case IF_EXISTS_FAIL -> IfExists.FAIL;
      case IF_EXISTS_UPDATE -> IfExists.UPDATE;
      case UNRECOGNIZED -> throw unknown("if_exists");
    };
  }

  private static Operation.Mode mode(AcquireMode mode) {
    return switch (mode) {
      case ACQUIRE_MODE_UNSPECIFIED, ACQUIRE_MODE_ALL_OF -> Operation.Mode.ALL_OF;
      case ACQUIRE_MODE_ANY_OF -> Operation.Mode.ANY_OF;
      case ACQUIRE_MODE_OPPORTUNISTIC_ALL_OF -> Operation.Mode.OPPORTUNISTIC_ALL_OF;
      case UNRECOGNIZED -> throw unknown("mode");
    };
  }

  private static InvalidField unknown(String field) {
    return new InvalidField(field, "is not a known value");
  }
}
