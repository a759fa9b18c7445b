package dev.signalbox.grpc;

import io.grpc.Metadata;
import java.util.Objects;
import java.util.function.Function;

/** Values for {@link CallLimitsBuilder#key}. */
public final class Keys {
  private Keys() {}

  /**
   * The value of a header; of several by the same name, the last.
   *
   * @param header its name, not one that ends in {@code -bin}
   * @param whenMissing the value of calls without that header: they share one limit
   */
  public static Function<LimitedCall, String> header(String header, String whenMissing) {
    Metadata.Key<String> key = Metadata.Key.of(header, Metadata.ASCII_STRING_MARSHALLER);
    Objects.requireNonNull(whenMissing);
    return call -> {
      String value = call.headers().get(key);
      return value == null ? whenMissing : value;
    };
  }

  /** The method's full name, such as {@code ledger.v1.Ledger/Book}. */
  public static Function<LimitedCall, String> method() {
    return call -> call.method().getFullMethodName();
  }
}
