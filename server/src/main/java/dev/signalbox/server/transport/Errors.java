package dev.signalbox.server.transport;

import com.google.protobuf.Any;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import dev.signalbox.server.core.InvalidField;
import dev.signalbox.server.core.Result;
import dev.signalbox.server.replication.Cluster;
import dev.signalbox.server.replication.ClusterRefusal;
import dev.signalbox.server.replication.Failure;
import dev.signalbox.server.replication.Member;
import dev.signalbox.server.session.StreamEnd;
import dev.signalbox.v1.ErrorReason;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every refusal as it goes over the wire: see errors.proto. */
final class Errors {
  private static final String DOMAIN = "signalbox.dev";

  private Errors() {}

  /** As the error of a call or of a stream. */
  static StatusRuntimeException exception(Status status) {
    return StatusProto.toStatusRuntimeException(status);
  }

  /** What the machine refused; {@code number} is the request's. */
  static Status refused(Result.Refused refused, long number) {
    String subject = refused.subject();
    return switch (refused.reason()) {
      case INVALID_FIELD -> invalid(subject, refused.detail());
      case SEMAPHORE_NOT_FOUND -> notFound(subject);
      case SEMAPHORE_EXISTS ->
          semaphore(ErrorReason.SEMAPHORE_EXISTS, subject, "exists with another configuration");
      case WRONG_KIND -> wrongKind(subject, refused.detail());
      case SEMAPHORE_IN_USE ->
          semaphore(ErrorReason.SEMAPHORE_IN_USE, subject, "has holders or waiters");
      case TOO_MANY_POSTS ->
          item(
              ErrorReason.TOO_MANY_POSTS,
              refused,
              "would be lifted above its max_count by the release");
      case NOT_HELD_BY_SESSION ->
          item(
              ErrorReason.NOT_HELD_BY_SESSION,
              refused,
              "takes back held permits only, and the session does not hold that many");
      case SESSION_LOST -> sessionLost();
      case REQUEST_FORGOTTEN -> forgotten(number);
      case QUOTA_EXCEEDED -> quota(subject, refused.detail());
    };
  }

  static Status invalid(InvalidField e) {
    return invalid(e.field(), e.why());
  }

  static Status invalid(String field, String why) {
    return status(ErrorReason.INVALID_FIELD, field + " " + why, Map.of("field", field, "why", why));
  }

  static Status violation(String why) {
    return status(ErrorReason.PROTOCOL_VIOLATION, "protocol violation: " + why, Map.of("why", why));
  }

  static Status sessionLost() {
    return status(
        ErrorReason.SESSION_LOST,
        "the session is unknown, has ended or has expired; it holds nothing any more",
        Map.of());
  }

  static Status quota(String quota, String limit) {
    return status(
        ErrorReason.QUOTA_EXCEEDED,
        "the limit " + quota + " of " + limit + " is reached",
        Map.of("quota", quota, "limit", limit));
  }

  /** The refusal of anything new while too much is queued; null if there is room. */
  static @Nullable Status ifFull(Backend backend) {
    return backend.sequencer().isFull()
        ? quota("queued_commands", Integer.toString(backend.sequencer().maxQueued()))
        : null;
  }

  static Status notFound(String name) {
    return semaphore(ErrorReason.SEMAPHORE_NOT_FOUND, name, "does not exist");
  }

  static Status goingAway() {
    return status(ErrorReason.GOING_AWAY, "this node is going down", Map.of());
  }

  static Status failed(Failure why, Cluster cluster) {
    return switch (why) {
      case NOT_LEADER -> notLeader("this node does not lead", cluster);
      case UNKNOWN ->
          notLeader(
              "this node lost the lead before the answer: executed or not, the same request id tells",
              cluster);
      case STOPPING -> goingAway();
    };
  }

  /** What became of a change of the members. */
  static Status refused(ClusterRefusal refusal, Cluster cluster) {
    String message = String.valueOf(refusal.getMessage());
    Map<String, String> node = refusal.node().isEmpty() ? Map.of() : Map.of("node", refusal.node());
    return switch (refusal.reason()) {
      case NOT_LEADER -> notLeader(message, cluster);
      case NODE_EXISTS -> status(ErrorReason.NODE_EXISTS, message, node);
      case NODE_NOT_FOUND -> status(ErrorReason.NODE_NOT_FOUND, message, node);
      case NODE_UNREACHABLE -> status(ErrorReason.NODE_UNREACHABLE, message, node);
      case LAST_NODE -> status(ErrorReason.LAST_NODE, message, node);
      case CLUSTER_CHANGING -> status(ErrorReason.CLUSTER_CHANGING, message, node);
    };
  }

  private static Status notLeader(String message, Cluster cluster) {
    Member leader = cluster.leader();
    Map<String, String> hint =
        leader == null || leader.id().equals(cluster.nodeId())
            ? Map.of()
            : Map.of("leader", leader.clientAddress(), "leader_id", leader.id());
    return status(ErrorReason.NOT_LEADER, message, hint);
  }

  static Status ended(StreamEnd why, int unreadLimit, Cluster cluster) {
    return switch (why) {
      case REPLACED ->
          status(ErrorReason.STREAM_REPLACED, "another stream has resumed this session", Map.of());
      case NOT_LEADER -> failed(Failure.NOT_LEADER, cluster);
      case GOING_AWAY -> goingAway();
      case UNREAD -> quota("unread_replies", Integer.toString(unreadLimit));
      case SESSION_LOST -> sessionLost();
    };
  }

  private static Status semaphore(ErrorReason reason, String name, String what) {
    return status(reason, "semaphore '" + name + "' " + what, Map.of("semaphore", name));
  }

  private static Status wrongKind(String name, String kind) {
    return status(
        ErrorReason.WRONG_KIND,
        "'" + name + "' is of another kind: " + kind,
        Map.of("semaphore", name, "kind", kind));
  }

  private static Status item(ErrorReason reason, Result.Refused refused, String what) {
    String item = Integer.toString(Math.max(0, refused.item()));
    return status(
        reason,
        "item " + item + ": semaphore '" + refused.subject() + "' " + what,
        Map.of("semaphore", refused.subject(), "item", item));
  }

  private static Status forgotten(long number) {
    String text = Long.toUnsignedString(number);
    return status(
        ErrorReason.REQUEST_FORGOTTEN,
        "request " + text + " was answered before, and its reply is no longer kept",
        Map.of("number", text));
  }

  private static Status status(ErrorReason reason, String message, Map<String, String> metadata) {
    ErrorInfo info =
        ErrorInfo.newBuilder()
            .setDomain(DOMAIN)
            .setReason(reason.name())
            .putAllMetadata(metadata)
            .build();
    return Status.newBuilder()
        .setCode(code(reason).getNumber())
        .setMessage(message)
        .addDetails(Any.pack(info))
        .build();
  }

  private static Code code(ErrorReason reason) {
    return switch (reason) {
      case INVALID_FIELD, PROTOCOL_VIOLATION -> Code.INVALID_ARGUMENT;
      case SEMAPHORE_NOT_FOUND, NODE_NOT_FOUND -> Code.NOT_FOUND;
      case SEMAPHORE_EXISTS, NODE_EXISTS -> Code.ALREADY_EXISTS;
      case WRONG_KIND,
          SEMAPHORE_IN_USE,
          NOT_HELD_BY_SESSION,
          SESSION_LOST,
          REQUEST_FORGOTTEN,
          NODE_UNREACHABLE,
          LAST_NODE ->
          Code.FAILED_PRECONDITION;
      case TOO_MANY_POSTS -> Code.OUT_OF_RANGE;
      case QUOTA_EXCEEDED -> Code.RESOURCE_EXHAUSTED;
      case NOT_LEADER, GOING_AWAY -> Code.UNAVAILABLE;
      case STREAM_REPLACED, CLUSTER_CHANGING -> Code.ABORTED;
      case ERROR_REASON_UNSPECIFIED, UNRECOGNIZED -> Code.INTERNAL;
    };
  }
}
