package dev.signalbox.client.internal;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.util.Map;

/** Reads failures off the wire: gRPC status and {@code google.rpc.ErrorInfo}. */
final class Failures {
  private static final String DOMAIN = "signalbox.dev";

  private Failures() {}

  /** Of a reply or, with its code as the reason if there is no better one, of a call. */
  static Failure of(com.google.rpc.Status status) {
    for (Any detail : status.getDetailsList()) {
      if (detail.is(ErrorInfo.class)) {
        ErrorInfo info = unpack(detail);
        if (info.getDomain().equals(DOMAIN)) {
          return new Failure(info.getReason(), status.getMessage(), false, info.getMetadataMap());
        }
      }
    }
    String code = Status.fromCodeValue(status.getCode()).getCode().name();
    return new Failure(code, status.getMessage(), false, Map.of());
  }

  static Failure of(Status status, Metadata trailers) {
    return of(StatusProto.fromStatusAndTrailers(status, trailers));
  }

  /** Whether it speaks of the node or the way to it, so that another attempt may fare better. */
  static boolean isPassing(Status status) {
    return switch (status.getCode()) {
      case OK, UNAVAILABLE, ABORTED, CANCELLED, INTERNAL, UNKNOWN, DEADLINE_EXCEEDED -> true;
      default -> false;
    };
  }

  /** Whether the service itself has said it, so that certainly nothing was done. */
  static boolean isRefusal(Failure failure) {
    return failure.reason().equals("NOT_LEADER") || failure.reason().equals("GOING_AWAY");
  }

  private static ErrorInfo unpack(Any detail) {
    try {
      return detail.unpack(ErrorInfo.class);
    } catch (InvalidProtocolBufferException e) {
      return ErrorInfo.getDefaultInstance();
    }
  }
}
