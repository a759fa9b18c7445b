package dev.signalbox.server.replication.codec;

import dev.signalbox.log.v1.EntryProto;
import dev.signalbox.log.v1.SnapshotProto;
import dev.signalbox.server.core.Command;
import dev.signalbox.server.core.Image;
import java.util.ArrayList;
import java.util.List;

/** Images on the wire of a snapshot. */
final class ImageCodec {
  private ImageCodec() {}

  static SnapshotProto.Image toWire(Image image) {
    SnapshotProto.Image.Builder wire = SnapshotProto.Image.newBuilder();
    if (image instanceof Image.SemaphoreImage semaphore) {
      wire.setSemaphore(toWire(semaphore));
    } else if (image instanceof Image.GrantImage grant) {
      wire.setGrant(toWire(grant));
    } else if (image instanceof Image.WaiterImage waiter) {
      wire.setWaiter(toWire(waiter));
    } else if (image instanceof Image.SessionImage session) {
      wire.setSession(toWire(session));
    } else if (image instanceof Image.EndedGrantImage ended) {
      wire.setEndedGrant(toWire(ended));
    } else if (image instanceof Image.Header header) {
      wire.setHeader(toWire(header));
    } else if (image instanceof Image.End) {
      wire.setEnd(SnapshotProto.End.getDefaultInstance());
    }
    return wire.build();
  }

  static Image fromWire(SnapshotProto.Image wire) {
    return switch (wire.getKindCase()) {
      case SEMAPHORE -> fromWire(wire.getSemaphore());
      case GRANT -> fromWire(wire.getGrant());
      case WAITER -> fromWire(wire.getWaiter());
      case SESSION -> fromWire(wire.getSession());
      case ENDED_GRANT ->
          new Image.EndedGrantImage(
              CommandCodec.grantId(wire.getEndedGrant().getId()),
              ResultCodec.NOT_HELD.fromWire(wire.getEndedGrant().getReason()));
      case HEADER -> fromWire(wire.getHeader());
      case END -> new Image.End();
      case KIND_NOT_SET -> throw new UnknownFormat("an image of a later release");
    };
  }

  private static SnapshotProto.Header toWire(Image.Header header) {
    return SnapshotProto.Header.newBuilder()
        .setNowMicros(header.now())
        .setLastSession(header.lastSession())
        .setLastSemaphore(header.lastSemaphore())
        .setLastGrant(header.lastGrant())
        .setLastArrival(header.lastArrival())
        .setLimits(CommandCodec.toWire(header.limits()))
        .build();
  }

  private static Image fromWire(SnapshotProto.Header wire) {
    return new Image.Header(
        wire.getNowMicros(),
        wire.getLastSession(),
        wire.getLastSemaphore(),
        wire.getLastGrant(),
        wire.getLastArrival(),
        CommandCodec.fromWire(wire.getLimits()));
  }

  private static SnapshotProto.Session toWire(Image.SessionImage session) {
    SnapshotProto.Session.Builder wire =
        SnapshotProto.Session.newBuilder()
            .setId(CommandCodec.toWire(session.id()))
            .setOpenedWith(
                CommandCodec.toWire(
                    new Command.OpenSession(
                        session.clientName(),
                        session.leaseMicros(),
                        session.endAfterBreakMicros(),
                        session.ephemeral())));
    for (Image.Range range : session.forgotten()) {
      wire.addForgotten(
          SnapshotProto.Range.newBuilder().setFirst(range.first()).setLast(range.last()));
    }
    for (Image.Reply reply : session.replies()) {
      wire.addReplies(
          SnapshotProto.Reply.newBuilder()
              .setNumber(reply.number())
              .setResult(ResultCodec.toWire(reply.result())));
    }
    for (Image.Will will : session.wills()) {
      wire.addWills(OperationCodec.will(will.number(), will.signals()));
    }
    return wire.build();
  }

  private static Image fromWire(SnapshotProto.Session wire) {
    List<Image.Range> forgotten = new ArrayList<>(wire.getForgottenCount());
    for (SnapshotProto.Range range : wire.getForgottenList()) {
      forgotten.add(new Image.Range(range.getFirst(), range.getLast()));
    }
    List<Image.Reply> replies = new ArrayList<>(wire.getRepliesCount());
    for (SnapshotProto.Reply reply : wire.getRepliesList()) {
      replies.add(new Image.Reply(reply.getNumber(), ResultCodec.fromWire(reply.getResult())));
    }
    List<Image.Will> wills = new ArrayList<>(wire.getWillsCount());
    for (EntryProto.Will will : wire.getWillsList()) {
      wills.add(new Image.Will(will.getNumber(), OperationCodec.signals(will)));
    }
    Command.OpenSession opened = CommandCodec.fromWire(wire.getOpenedWith());
    return new Image.SessionImage(
        CommandCodec.sessionId(wire.getId()),
        opened.clientName(),
        opened.leaseMicros(),
        opened.endAfterBreakMicros(),
        opened.ephemeral(),
        forgotten,
        replies,
        wills);
  }

  private static SnapshotProto.Semaphore toWire(Image.SemaphoreImage semaphore) {
    return SnapshotProto.Semaphore.newBuilder()
        .setId(semaphore.id())
        .setName(semaphore.name())
        .setConfig(OperationCodec.toWire(semaphore.config()))
        .setCount(semaphore.count())
        .setDebt(semaphore.debt())
        .setRefillFraction(semaphore.refillFraction())
        .setLastUsedMicros(semaphore.lastUsed())
        .addAllEpochs(semaphore.epochs())
        .addAllHolders(semaphore.holders())
        .build();
  }

  private static Image fromWire(SnapshotProto.Semaphore wire) {
    return new Image.SemaphoreImage(
        wire.getId(),
        wire.getName(),
        OperationCodec.fromWire(wire.getConfig()),
        wire.getCount(),
        wire.getDebt(),
        wire.getRefillFraction(),
        wire.getLastUsedMicros(),
        List.copyOf(wire.getEpochsList()),
        List.copyOf(wire.getHoldersList()));
  }

  private static SnapshotProto.Grant toWire(Image.GrantImage grant) {
    SnapshotProto.Grant.Builder wire =
        SnapshotProto.Grant.newBuilder()
            .setId(CommandCodec.toWire(grant.id()))
            .setSession(grant.session())
            .setGrantedAtMicros(grant.grantedAt());
    if (grant.holdDeadline() != Long.MAX_VALUE) {
      wire.setHoldDeadlineMicros(grant.holdDeadline());
    }
    for (Image.HoldingImage holding : grant.holdings()) {
      wire.addHoldings(
          SnapshotProto.Holding.newBuilder()
              .setSemaphore(holding.semaphore())
              .setPermits(holding.permits())
              .addAllSlots(ResultCodec.slotsToWire(holding.slots())));
    }
    return wire.build();
  }

  private static Image fromWire(SnapshotProto.Grant wire) {
    List<Image.HoldingImage> holdings = new ArrayList<>(wire.getHoldingsCount());
    for (SnapshotProto.Holding holding : wire.getHoldingsList()) {
      holdings.add(
          new Image.HoldingImage(
              holding.getSemaphore(),
              holding.getPermits(),
              ResultCodec.slots(holding.getSlotsList())));
    }
    return new Image.GrantImage(
        CommandCodec.grantId(wire.getId()),
        wire.getSession(),
        wire.getGrantedAtMicros(),
        wire.hasHoldDeadlineMicros() ? wire.getHoldDeadlineMicros() : Long.MAX_VALUE,
        holdings);
  }

  private static SnapshotProto.Waiter toWire(Image.WaiterImage waiter) {
    SnapshotProto.Waiter.Builder wire =
        SnapshotProto.Waiter.newBuilder()
            .setArrival(waiter.arrival())
            .setSession(waiter.session())
            .setNumber(waiter.number())
            .setAcquire(OperationCodec.toWire(waiter.acquire()))
            .setSinceMicros(waiter.since())
            .addAllReleased(ResultCodec.itemsToWire(waiter.released()));
    if (waiter.deadline() != Long.MAX_VALUE) {
      wire.setDeadlineMicros(waiter.deadline());
    }
    return wire.build();
  }

  private static Image fromWire(SnapshotProto.Waiter wire) {
    return new Image.WaiterImage(
        wire.getArrival(),
        wire.getSession(),
        wire.getNumber(),
        OperationCodec.fromWire(wire.getAcquire()),
        wire.getSinceMicros(),
        wire.hasDeadlineMicros() ? wire.getDeadlineMicros() : Long.MAX_VALUE,
        ResultCodec.items(wire.getReleasedList()));
  }

  private static SnapshotProto.EndedGrant toWire(Image.EndedGrantImage ended) {
    return SnapshotProto.EndedGrant.newBuilder()
        .setId(CommandCodec.toWire(ended.id()))
        .setReason(ResultCodec.NOT_HELD.toWire(ended.reason()))
        .build();
  }
}
