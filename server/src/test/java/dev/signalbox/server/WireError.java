package dev.signalbox.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A refusal as a client sees it. */
public record WireError(Code code, String reason, Map<String, String> metadata, String message) {

  public static WireError of(ThrowingCallable call) {
    return of(catchThrowableOfType(StatusRuntimeException.class, call));
  }

  public static WireError of(StatusRuntimeException error) {
    assertThat(error).as("a refusal").isNotNull();
    return of(Objects.requireNonNull(StatusProto.fromThrowable(error)));
  }

  public static WireError of(Status status) {
    try {
      assertThat(status.getDetailsList()).as("details of %s", status).hasSize(1);
      ErrorInfo info = status.getDetails(0).unpack(ErrorInfo.class);
      assertThat(info.getDomain()).isEqualTo("signalbox.dev");
      return new WireError(
          Objects.requireNonNull(Code.forNumber(status.getCode())),
          info.getReason(),
          info.getMetadataMap(),
          status.getMessage());
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  public String field() {
    return metadata.getOrDefault("field", "");
  }
}
