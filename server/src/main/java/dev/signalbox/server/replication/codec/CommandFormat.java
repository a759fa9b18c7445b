package dev.signalbox.server.replication.codec;

import dev.signalbox.server.core.Command;
import dev.signalbox.server.core.EndCause;
import java.util.List;

/** Commands as bytes: a tag, and the fields; what {@link ValueFormat} says holds here, too. */
final class CommandFormat {
  private static final int REQUEST = 1;
  private static final int ACKNOWLEDGE = 2;
  private static final int OPEN_SESSION = 3;
  private static final int RESUME_SESSION = 4;
  private static final int END_SESSION = 5;
  private static final int CONFIGURE = 6;

  private static final Codes<EndCause> CAUSES =
      new Codes<>(List.of(EndCause.CLOSED, EndCause.EXPIRED, EndCause.KILLED));

  private CommandFormat() {}

  static void write(ByteSink out, Command command) {
    if (command instanceof Command.Request request) {
      write(out.number(REQUEST), request);
    } else if (command instanceof Command.Acknowledge acknowledge) {
      write(out.number(ACKNOWLEDGE), acknowledge);
    } else if (command instanceof Command.OpenSession open) {
      write(out.number(OPEN_SESSION), open);
    } else if (command instanceof Command.ResumeSession resume) {
      write(out.number(RESUME_SESSION), resume);
    } else if (command instanceof Command.EndSession end) {
      ValueFormat.write(out.number(END_SESSION), end.session());
      out.number(CAUSES.code(end.cause()));
    } else if (command instanceof Command.Configure configure) {
      ValueFormat.write(out.number(CONFIGURE), configure.limits());
    }
  }

  static Command read(ByteSource in) {
    int tag = in.integer();
    return switch (tag) {
      case REQUEST -> request(in);
      case ACKNOWLEDGE ->
          new Command.Acknowledge(
              ValueFormat.sessionId(in), in.number(), in.list(ByteSource::number));
      case OPEN_SESSION -> new Command.OpenSession(in.text(), in.number(), in.number(), in.flag());
      case RESUME_SESSION ->
          new Command.ResumeSession(
              ValueFormat.sessionId(in), in.number(), in.list(ByteSource::number));
      case END_SESSION ->
          new Command.EndSession(ValueFormat.sessionId(in), CAUSES.of(in.integer()));
      case CONFIGURE -> new Command.Configure(ValueFormat.limits(in));
      default -> throw new IllegalArgumentException("unknown command " + tag);
    };
  }

  private static void write(ByteSink out, Command.Request request) {
    out.optional(request.session(), ValueFormat::write).number(request.number());
    OperationFormat.write(out, request.operation());
  }

  private static Command.Request request(ByteSource in) {
    return new Command.Request(
        in.optional(ValueFormat::sessionId), in.number(), OperationFormat.read(in));
  }

  private static void write(ByteSink out, Command.Acknowledge acknowledge) {
    ValueFormat.write(out, acknowledge.session());
    out.number(acknowledge.through()).list(acknowledge.also(), ByteSink::number);
  }

  private static void write(ByteSink out, Command.OpenSession open) {
    out.text(open.clientName())
        .number(open.leaseMicros())
        .number(open.endAfterBreakMicros())
        .flag(open.ephemeral());
  }

  private static void write(ByteSink out, Command.ResumeSession resume) {
    ValueFormat.write(out, resume.session());
    out.number(resume.lastNumber()).list(resume.unanswered(), ByteSink::number);
  }
}
