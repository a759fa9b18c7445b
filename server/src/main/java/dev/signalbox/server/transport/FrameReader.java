package dev.signalbox.server.transport;

import dev.signalbox.server.core.Command;
import dev.signalbox.server.core.EndCause;
import dev.signalbox.server.core.InvalidField;
import dev.signalbox.server.core.Outcome;
import dev.signalbox.server.core.Refusal;
import dev.signalbox.server.core.Result;
import dev.signalbox.server.core.SessionId;
import dev.signalbox.v1.ClientFrame;
import dev.signalbox.v1.Open;
import dev.signalbox.v1.Request;
import dev.signalbox.v1.Resume;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Client frames as commands. What breaks the protocol throws {@link ProtocolViolation}; a request
 * that is invalid by itself is answered here and never becomes a command.
 */
final class FrameReader {
  /** The most requests of a frame. */
  static final int MAX_REQUESTS = 8_192;

  /** The lease of those who name none. */
  static final long DEFAULT_LEASE_MICROS = 15_000_000;

  private final SessionId session;
  private final List<Command> commands;
  private final List<Outcome.Answer> refused = new ArrayList<>(0);

  /** Reads a frame that is not the first of its stream, or what a first one has beyond that. */
  FrameReader(SessionId session, Frame frame) {
    this.session = session;
    this.commands = new ArrayList<>(frame.requests() + 2);
    readAcknowledgements(frame.head());
    readRequests(new RequestReader(frame));
    if (frame.head().getClose()) {
      commands.add(new Command.EndSession(session, EndCause.CLOSED));
    }
  }

  /** The commands, in the order in which they are to be applied. */
  List<Command> commands() {
    return commands;
  }

  /** The answers to the invalid requests. */
  List<Outcome.Answer> refused() {
    return refused;
  }

  /** Checks what must hold for every frame; {@code last} is the number of the one before. */
  static void check(ClientFrame frame, long last) {
    ProtocolViolation.unless(
        frame.getFrame() > last, "frame numbers must ascend from 1, and stay below 2^63");
    ProtocolViolation.unless(
        frame.getAcknowledgedThrough() >= 0, "acknowledged_through must be below 2^63");
    for (int i = 0; i < frame.getAcknowledgedCount(); i++) {
      ProtocolViolation.unless(
          frame.getAcknowledged(i) > 0, "acknowledged must be 1 or more, and below 2^63");
    }
  }

  /** Checks what must hold for the first frame of a stream. */
  static void checkFirst(Frame frame) {
    ProtocolViolation.unless(
        frame.head().hasOpen() || frame.head().hasResume(),
        "the first frame must be an open or a resume");
    ProtocolViolation.unless(
        !(frame.head().hasOpen() && frame.head().hasResume()),
        "a frame must not both open and resume");
    ProtocolViolation.unless(frame.requests() == 0, "the first frame must not carry requests");
  }

  /** Checks what must hold for every other frame. */
  static void checkLater(Frame frame) {
    ProtocolViolation.unless(!frame.head().hasOpen(), "only the first frame may open a session");
    ProtocolViolation.unless(
        !frame.head().hasResume(), "only the first frame may resume a session");
    ProtocolViolation.unless(
        frame.requests() <= MAX_REQUESTS,
        "a frame must not carry more than " + MAX_REQUESTS + " requests");
  }

  /** An open as a command. */
  static Command.OpenSession open(Open open) {
    return new Command.OpenSession(
        open.getClientName(),
        open.hasLease() ? WireTime.micros("lease", open.getLease()) : DEFAULT_LEASE_MICROS,
        open.hasEndAfterBreak() ? WireTime.micros("end_after_break", open.getEndAfterBreak()) : -1,
        false);
  }

  /** A resume as a command. */
  static Command.ResumeSession resume(Resume resume, int maxOutstanding) {
    ProtocolViolation.unless(
        resume.getSessionId().size() == WireIds.LENGTH,
        "resume.session_id must be " + WireIds.LENGTH + " bytes");
    ProtocolViolation.unless(resume.getLastNumber() >= 0, "resume.last_number must be below 2^63");
    ProtocolViolation.unless(
        resume.getUnansweredCount() <= maxOutstanding,
        "resume.unanswered must not be more than " + maxOutstanding);
    checkUnanswered(resume);
    return new Command.ResumeSession(
        WireIds.sessionId("session_id", resume.getSessionId()),
        resume.getLastNumber(),
        resume.getUnansweredList());
  }

  private static void checkUnanswered(Resume resume) {
    long last = 0;
    for (int i = 0; i < resume.getUnansweredCount(); i++) {
      long number = resume.getUnanswered(i);
      ProtocolViolation.unless(
          number > last && number <= resume.getLastNumber(),
          "resume.unanswered must ascend from 1 to last_number");
      last = number;
    }
  }

  private void readAcknowledgements(ClientFrame frame) {
    long through = frame.getAcknowledgedThrough();
    if (through > 0 || frame.getAcknowledgedCount() > 0) {
      commands.add(new Command.Acknowledge(session, through, frame.getAcknowledgedList()));
    }
  }

  private void readRequests(RequestReader requests) {
    long last = 0;
    while (requests.next()) {
      ProtocolViolation.unless(
          requests.number() > last, "request numbers must ascend from 1, and stay below 2^63");
      last = requests.number();
      read(requests);
    }
  }

  private void read(RequestReader request) {
    try {
      commands.add(new Command.Request(session, request.number(), request.operation()));
    } catch (InvalidField e) {
      refused.add(
          new Outcome.Answer(
              -1,
              session,
              request.number(),
              new Result.Refused(Refusal.INVALID_FIELD, path(request.kind(), e.field()), e.why())));
    }
  }

  private static String path(Request.OperationCase kind, String field) {
    return kind == Request.OperationCase.OPERATION_NOT_SET
        ? field
        : kind.name().toLowerCase(Locale.ROOT) + "." + field;
  }
}
