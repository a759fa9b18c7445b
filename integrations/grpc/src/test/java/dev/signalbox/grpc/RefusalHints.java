package dev.signalbox.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import dev.signalbox.client.limit.Refusal;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.Objects;

/** What a refused call must say. */
final class RefusalHints {
  private RefusalHints() {}

  static void check(StatusRuntimeException end, Refusal.Cause cause, Duration retryAfter) {
    assertThat(end.getStatus().getCode())
        .isEqualTo(
            cause == Refusal.Cause.UNAVAILABLE
                ? Status.Code.UNAVAILABLE
                : Status.Code.RESOURCE_EXHAUSTED);
    ErrorInfo info = detail(end, ErrorInfo.class);
    assertThat(info.getDomain()).isEqualTo("signalbox.dev");
    assertThat(info.getReason()).isEqualTo(cause.name());
    assertThat(info.getMetadataMap()).containsEntry("limiter", "fake");
    var delay = detail(end, RetryInfo.class).getRetryDelay();
    assertThat(Duration.ofSeconds(delay.getSeconds(), delay.getNanos())).isEqualTo(retryAfter);
  }

  static <M extends Message> M detail(StatusRuntimeException end, Class<M> type) {
    com.google.rpc.Status status = Objects.requireNonNull(StatusProto.fromThrowable(end));
    for (Any detail : status.getDetailsList()) {
      if (detail.is(type)) {
        return unpack(detail, type);
      }
    }
    throw new AssertionError("no " + type.getSimpleName() + " in " + status);
  }

  private static <M extends Message> M unpack(Any detail, Class<M> type) {
    try {
      return detail.unpack(type);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }
}
