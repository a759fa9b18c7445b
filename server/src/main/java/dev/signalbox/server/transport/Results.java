package dev.signalbox.server.transport;

import dev.signalbox.server.core.EndCause;
import dev.signalbox.server.core.Kind;
import dev.signalbox.server.core.Limits;
import dev.signalbox.server.core.NotHeldReason;
import dev.signalbox.server.core.Outcome;
import dev.signalbox.server.core.Refill;
import dev.signalbox.server.core.Result;
import dev.signalbox.server.core.SemaphoreConfig;
import dev.signalbox.server.core.SemaphoreView;
import dev.signalbox.server.core.SessionId;
import dev.signalbox.server.core.SessionView;
import dev.signalbox.server.core.Slot;
import dev.signalbox.v1.AcquireResult;
import dev.signalbox.v1.CancelResult;
import dev.signalbox.v1.Done;
import dev.signalbox.v1.Grant;
import dev.signalbox.v1.GrantPart;
import dev.signalbox.v1.Holder;
import dev.signalbox.v1.NotGrantedReason;
import dev.signalbox.v1.ObjectKind;
import dev.signalbox.v1.Opened;
import dev.signalbox.v1.Recall;
import dev.signalbox.v1.ReleaseItemResult;
import dev.signalbox.v1.ReleaseResult;
import dev.signalbox.v1.ResetResult;
import dev.signalbox.v1.Semaphore;
import dev.signalbox.v1.SemaphoreResult;
import dev.signalbox.v1.Session;
import dev.signalbox.v1.SessionEnded;
import dev.signalbox.v1.Waiter;
import java.util.Arrays;
import java.util.List;

/** What the core says, in messages of the wire. */
final class Results {
  /** What most releases come to: one item was released, and this was the count before. */
  private static final ReleaseResult[] USUAL_RELEASES = new ReleaseResult[64];

  /** What most grants are: so many permits of the only semaphore asked for, held. */
  private static final GrantPart[] USUAL_PARTS = new GrantPart[64];

  static {
    Arrays.setAll(USUAL_RELEASES, Results::usualRelease);
    Arrays.setAll(USUAL_PARTS, permits -> GrantPart.newBuilder().setPermits(permits).build());
  }

  private Results() {}

  /** Of the unary service. */
  static AcquireResult acquire(Result result) {
    return result instanceof Result.Granted granted
        ? granted(granted, true)
        : notGranted((Result.NotGranted) result);
  }

  /** The session stream leaves semaphores' names out of grants: the part's index says it. */
  static AcquireResult granted(Result.Granted granted, boolean withNames) {
    Grant.Builder grant = Grant.newBuilder().setGrantedAtMicros(granted.grantedAt());
    if (granted.id() != null) {
      grant.setId(WireIds.bytes(granted.id()));
    }
    List<Result.GrantedPart> parts = granted.parts();
    for (int i = 0; i < parts.size(); i++) {
      grant.addParts(part(parts.get(i), withNames));
    }
    AcquireResult.Builder result = AcquireResult.newBuilder().setGrant(grant);
    if (!granted.released().isEmpty()) {
      addItems(granted.released(), result::addReleased);
    }
    return result.build();
  }

  static AcquireResult notGranted(Result.NotGranted notGranted) {
    AcquireResult.Builder result =
        AcquireResult.newBuilder()
            .setNotGranted(
                switch (notGranted.why()) {
                  case TIMED_OUT -> NotGrantedReason.NOT_GRANTED_REASON_TIMED_OUT;
                  case CANCELLED -> NotGrantedReason.NOT_GRANTED_REASON_CANCELLED;
                });
    addItems(notGranted.released(), result::addReleased);
    return result.build();
  }

  static ReleaseResult released(Result.Released released) {
    List<Result.ItemResult> items = released.items();
    if (items.size() == 1 && isUsual(items.get(0))) {
      return USUAL_RELEASES[items.get(0).previousCounts().get(0)];
    }
    ReleaseResult.Builder result = ReleaseResult.newBuilder();
    addItems(items, result::addItems);
    return result.build();
  }

  private static boolean isUsual(Result.ItemResult item) {
    return item.released()
        && item.previousCounts().size() == 1
        && item.previousCounts().get(0) < USUAL_RELEASES.length;
  }

  private static ReleaseResult usualRelease(int previousCount) {
    return ReleaseResult.newBuilder()
        .addItems(ReleaseItemResult.newBuilder().setReleased(true).addPreviousCounts(previousCount))
        .build();
  }

  static ResetResult reset(Result.Reset reset) {
    return ResetResult.newBuilder().setPreviousCount(reset.previousCount()).build();
  }

  static CancelResult cancelled(Result.Cancelled cancelled) {
    return CancelResult.newBuilder()
        .setEffect(
            switch (cancelled.effect()) {
              case CANCELLED -> CancelResult.Effect.EFFECT_CANCELLED;
              case GIVEN_BACK -> CancelResult.Effect.EFFECT_GIVEN_BACK;
              case NONE -> CancelResult.Effect.EFFECT_NONE;
            })
        .build();
  }

  static SemaphoreResult semaphore(Result.SemaphoreResult result) {
    return SemaphoreResult.newBuilder()
        .setAlreadyExisted(result.alreadyExisted())
        .setSemaphore(semaphore(result.semaphore()))
        .build();
  }

  static Semaphore semaphore(SemaphoreView view) {
    SemaphoreConfig config = view.config();
    Semaphore.Builder semaphore =
        Semaphore.newBuilder()
            .setName(view.name())
            .setKind(kind(config.kind()))
            .setCount(view.count())
            .setMaxCount(config.maxCount())
            .setDebt(view.debt())
            .setHeld(view.held())
            .setWaiting(view.waiting())
            .setOwnerOnly(config.ownerOnly())
            .setNumbered(config.numbered())
            .setManualReset(config.manualReset())
            .setAbandoned(view.abandoned());
    Refill refill = config.refill();
    if (refill != null) {
      semaphore.setRefill(refill(refill));
    }
    if (config.idleTtlMicros() > 0) {
      semaphore.setIdleTtl(WireTime.duration(config.idleTtlMicros()));
    }
    view.holders().forEach(holder -> semaphore.addHolders(holder(holder)));
    view.waiters().forEach(waiter -> semaphore.addWaiters(waiter(waiter)));
    return semaphore.build();
  }

  static Opened opened(SessionId id, long leaseMicros, Limits limits) {
    return Opened.newBuilder()
        .setSessionId(WireIds.bytes(id))
        .setSessionNumber(id.sequence())
        .setLease(WireTime.duration(leaseMicros))
        .setMaxOutstanding(limits.outstandingPerSession())
        .build();
  }

  static Session session(SessionView view) {
    return Session.newBuilder()
        .setSessionNumber(view.id().sequence())
        .setClientName(view.clientName())
        .setLease(WireTime.duration(view.leaseMicros()))
        .setGrants(view.grants())
        .setPermits(view.permits())
        .setWaiting(view.waiting())
        .build();
  }

  static Recall recall(Outcome.Recalled recalled) {
    Recall.Builder recall =
        Recall.newBuilder()
            .setGrantId(WireIds.bytes(recalled.grant()))
            .setReason(reason(recalled.reason()));
    if (recalled.semaphore() != null) {
      recall.setSemaphore(recalled.semaphore());
    }
    return recall.build();
  }

  static SessionEnded ended(EndCause cause) {
    return SessionEnded.newBuilder()
        .setCause(
            switch (cause) {
              case CLOSED -> SessionEnded.Cause.CAUSE_CLOSED;
              case EXPIRED -> SessionEnded.Cause.CAUSE_EXPIRED;
              case KILLED -> SessionEnded.Cause.CAUSE_KILLED;
            })
        .build();
  }

  static Done done() {
    return Done.getDefaultInstance();
  }

  private static GrantPart part(Result.GrantedPart granted, boolean withName) {
    if (!withName && isUsual(granted)) {
      return USUAL_PARTS[granted.permits()];
    }
    GrantPart.Builder part =
        GrantPart.newBuilder()
            .setPart(granted.index())
            .setPermits(granted.permits())
            .setConsumed(granted.consumed())
            .setAbandoned(granted.abandoned());
    if (withName) {
      part.setSemaphore(granted.semaphore());
    }
    for (Slot slot : granted.slots()) {
      part.addSlots(slot.number()).addEpochs(slot.epoch());
    }
    return part.build();
  }

  private static boolean isUsual(Result.GrantedPart granted) {
    return granted.index() == 0
        && !granted.consumed()
        && !granted.abandoned()
        && granted.slots().isEmpty()
        && granted.permits() < USUAL_PARTS.length;
  }

  private static void addItems(List<Result.ItemResult> items, ItemSink sink) {
    for (int i = 0; i < items.size(); i++) {
      Result.ItemResult item = items.get(i);
      ReleaseItemResult.Builder result =
          ReleaseItemResult.newBuilder()
              .setReleased(item.released())
              .addAllPreviousCounts(item.previousCounts());
      if (!item.released()) {
        result.setNotHeldReason(reason(item.reason()));
      }
      sink.add(result.build());
    }
  }

  private static dev.signalbox.v1.Refill refill(Refill refill) {
    return dev.signalbox.v1.Refill.newBuilder()
        .setPermits(refill.permits())
        .setPeriod(WireTime.duration(refill.periodMicros()))
        .build();
  }

  private static Holder holder(SemaphoreView.Holder holder) {
    return Holder.newBuilder()
        .setClientName(holder.clientName())
        .setSessionNumber(holder.session())
        .setPermits(holder.permits())
        .build();
  }

  private static Waiter waiter(SemaphoreView.Waiting waiting) {
    return Waiter.newBuilder()
        .setClientName(waiting.clientName())
        .setSessionNumber(waiting.session())
        .setPermits(waiting.permits())
        .setWaited(WireTime.duration(waiting.waitedMicros()))
        .build();
  }

  private static ObjectKind kind(Kind kind) {
    return switch (kind) {
      case SEMAPHORE -> ObjectKind.OBJECT_KIND_SEMAPHORE;
      case MUTEX -> ObjectKind.OBJECT_KIND_MUTEX;
      case EVENT -> ObjectKind.OBJECT_KIND_EVENT;
    };
  }

  private static dev.signalbox.v1.NotHeldReason reason(NotHeldReason reason) {
    return switch (reason) {
      case UNKNOWN -> dev.signalbox.v1.NotHeldReason.NOT_HELD_REASON_UNSPECIFIED;
      case SESSION_ENDED -> dev.signalbox.v1.NotHeldReason.NOT_HELD_REASON_SESSION_ENDED;
      case HOLD_LIMIT -> dev.signalbox.v1.NotHeldReason.NOT_HELD_REASON_HOLD_LIMIT;
      case SEMAPHORE_DELETED -> dev.signalbox.v1.NotHeldReason.NOT_HELD_REASON_SEMAPHORE_DELETED;
    };
  }

  /** Where results of items go. */
  @FunctionalInterface
  private interface ItemSink {
    void add(ReleaseItemResult result);
  }
}
