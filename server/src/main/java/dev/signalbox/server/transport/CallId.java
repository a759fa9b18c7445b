package dev.signalbox.server.transport;

import dev.signalbox.server.core.Command;
import dev.signalbox.server.core.InvalidField;
import dev.signalbox.server.core.Operation;
import dev.signalbox.server.core.SessionId;
import dev.signalbox.v1.RequestId;
import java.util.List;

/**
 * The place of a unary call among the requests of a session.
 *
 * @param session the session
 * @param number the request's number
 * @param acknowledgedThrough every reply up to this number has arrived
 */
record CallId(SessionId session, long number, long acknowledgedThrough) {

  /** Reads and checks the {@code id} of a call. */
  static CallId of(RequestId id) {
    SessionId session = WireIds.sessionId("id.session_id", id.getSessionId());
    InvalidField.unless(id.getNumber() >= 1, "id.number", "must be 1 to 2^63-1");
    InvalidField.unless(
        id.getAcknowledgedThrough() >= 0, "id.acknowledged_through", "must be at most 2^63-1");
    return new CallId(session, id.getNumber(), id.getAcknowledgedThrough());
  }

  /** The commands that carry the operation out. */
  List<Command> commands(Operation operation) {
    Command request = new Command.Request(session, number, operation);
    return acknowledgedThrough == 0
        ? List.of(request)
        : List.of(new Command.Acknowledge(session, acknowledgedThrough, List.of()), request);
  }
}
