package dev.signalbox.server.replication.codec;

import dev.signalbox.log.v1.EntryProto;
import dev.signalbox.server.core.Command;
import dev.signalbox.server.core.EndCause;
import dev.signalbox.server.core.GrantId;
import dev.signalbox.server.core.Limits;
import dev.signalbox.server.core.SessionId;
import java.util.List;

/** Commands on the wire of the log. */
final class CommandCodec {
  private static final EnumTable<EndCause, EntryProto.EndCause> CAUSES =
      new EnumTable<>(EndCause.class, EntryProto.EndCause.class, "END_CAUSE_");

  private CommandCodec() {}

  static EntryProto.Command toWire(Command command) {
    EntryProto.Command.Builder wire = EntryProto.Command.newBuilder();
    if (command instanceof Command.Request request) {
      wire.setRequest(OperationCodec.toWire(request));
    } else if (command instanceof Command.Acknowledge acknowledge) {
      wire.setAcknowledge(toWire(acknowledge));
    } else if (command instanceof Command.OpenSession open) {
      wire.setOpenSession(toWire(open));
    } else if (command instanceof Command.ResumeSession resume) {
      wire.setResumeSession(toWire(resume));
    } else if (command instanceof Command.EndSession end) {
      wire.setEndSession(toWire(end));
    } else if (command instanceof Command.Configure configure) {
      wire.setConfigure(toWire(configure.limits()));
    }
    return wire.build();
  }

  static Command fromWire(EntryProto.Command wire) {
    return switch (wire.getKindCase()) {
      case REQUEST -> OperationCodec.fromWire(wire.getRequest());
      case ACKNOWLEDGE -> fromWire(wire.getAcknowledge());
      case OPEN_SESSION -> fromWire(wire.getOpenSession());
      case RESUME_SESSION -> fromWire(wire.getResumeSession());
      case END_SESSION -> fromWire(wire.getEndSession());
      case CONFIGURE -> new Command.Configure(fromWire(wire.getConfigure()));
      case KIND_NOT_SET -> throw new UnknownFormat("a command of a later release");
    };
  }

  static EntryProto.Id toWire(SessionId id) {
    return EntryProto.Id.newBuilder().setSequence(id.sequence()).setTag(id.tag()).build();
  }

  static SessionId sessionId(EntryProto.Id wire) {
    return new SessionId(wire.getSequence(), wire.getTag());
  }

  static EntryProto.Id toWire(GrantId id) {
    return EntryProto.Id.newBuilder().setSequence(id.sequence()).setTag(id.tag()).build();
  }

  static GrantId grantId(EntryProto.Id wire) {
    return new GrantId(wire.getSequence(), wire.getTag());
  }

  static EntryProto.OpenSession toWire(Command.OpenSession open) {
    return EntryProto.OpenSession.newBuilder()
        .setClientName(open.clientName())
        .setLeaseMicros(open.leaseMicros())
        .setEndAfterBreakMicros(open.endAfterBreakMicros())
        .setEphemeral(open.ephemeral())
        .build();
  }

  static Command.OpenSession fromWire(EntryProto.OpenSession wire) {
    return new Command.OpenSession(
        wire.getClientName(),
        wire.getLeaseMicros(),
        wire.getEndAfterBreakMicros(),
        wire.getEphemeral());
  }

  static EntryProto.Limits toWire(Limits limits) {
    return EntryProto.Limits.newBuilder()
        .setSessions(limits.sessions())
        .setSemaphores(limits.semaphores())
        .setGrantsPerSession(limits.grantsPerSession())
        .setOutstandingPerSession(limits.outstandingPerSession())
        .setWaiters(limits.waiters())
        .setWillsPerSession(limits.willsPerSession())
        .build();
  }

  static Limits fromWire(EntryProto.Limits wire) {
    return new Limits(
        wire.getSessions(),
        wire.getSemaphores(),
        wire.getGrantsPerSession(),
        wire.getOutstandingPerSession(),
        wire.getWaiters(),
        wire.getWillsPerSession());
  }

  private static EntryProto.ResumeSession toWire(Command.ResumeSession resume) {
    return EntryProto.ResumeSession.newBuilder()
        .setSession(toWire(resume.session()))
        .setLastNumber(resume.lastNumber())
        .addAllUnanswered(resume.unanswered())
        .build();
  }

  private static Command fromWire(EntryProto.ResumeSession wire) {
    return new Command.ResumeSession(
        sessionId(wire.getSession()), wire.getLastNumber(), List.copyOf(wire.getUnansweredList()));
  }

  private static EntryProto.EndSession toWire(Command.EndSession end) {
    return EntryProto.EndSession.newBuilder()
        .setSession(toWire(end.session()))
        .setCause(CAUSES.toWire(end.cause()))
        .build();
  }

  private static Command fromWire(EntryProto.EndSession wire) {
    return new Command.EndSession(sessionId(wire.getSession()), CAUSES.fromWire(wire.getCause()));
  }

  private static EntryProto.Acknowledge toWire(Command.Acknowledge acknowledge) {
    return EntryProto.Acknowledge.newBuilder()
        .setSession(toWire(acknowledge.session()))
        .setThrough(acknowledge.through())
        .addAllAlso(acknowledge.also())
        .build();
  }

  private static Command fromWire(EntryProto.Acknowledge wire) {
    return new Command.Acknowledge(
        sessionId(wire.getSession()), wire.getThrough(), List.copyOf(wire.getAlsoList()));
  }
}
