package dev.signalbox.grpc;

import static dev.signalbox.grpc.TestService.BIDI;
import static dev.signalbox.grpc.TestService.STREAM;
import static dev.signalbox.grpc.TestService.UNARY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.client.limit.LimitKeys;
import dev.signalbox.client.limit.Limiter;
import io.grpc.Attributes;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which limiter a call has, and which keys. */
class RulesTest {
  private static final Metadata.Key<String> TENANT =
      Metadata.Key.of("x-tenant", Metadata.ASCII_STRING_MARSHALLER);

  private final FakeLimiter one = new FakeLimiter();
  private final FakeLimiter two = new FakeLimiter();
  private final FakeLimiter three = new FakeLimiter();

  private static LimitedCall call(MethodDescriptor<?, ?> method, Metadata headers) {
    return new LimitedCall(method, headers, Optional.of("test"), Attributes.EMPTY);
  }

  private static Optional<Limiter> limiterFor(CallLimits limits, MethodDescriptor<?, ?> method) {
    return limits.limiterFor(call(method, new Metadata()));
  }

  @Test
  void ofSeveralRules_theFirstThatHasALimiterDecides() {
    CallLimits limits =
        CallLimits.builder()
            .limiter(Methods.named("test.Service/Unary", "test.Service/Collect"), one)
            .choose(call -> call.method() == STREAM ? Optional.of(two) : Optional.empty())
            .limiter(three)
            .build();
    assertThat(limiterFor(limits, UNARY)).containsSame(one);
    assertThat(limiterFor(limits, STREAM)).containsSame(two);
    assertThat(limiterFor(limits, BIDI)).containsSame(three);
  }

  @Test
  void method_isNamedByItsServiceToo() {
    CallLimits limits =
        CallLimits.builder()
            .limiter(Methods.ofService("test.Other"), one)
            .limiter(Methods.ofService("test.Service"), two)
            .build();
    assertThat(limiterFor(limits, UNARY)).containsSame(two);
    assertThat(limits.concern(UNARY)).isTrue();
  }

  @Test
  void methodOfNoRule_isNotConcerned() {
    CallLimits limits = CallLimits.builder().limiter(Methods.named("test.Service/No"), one).build();
    assertThat(limits.concern(UNARY)).isFalse();
    assertThat(limiterFor(limits, UNARY)).isEmpty();
  }

  @Test
  void keys_comeFromHeadersAndFunctions() throws Exception {
    CallLimits limits =
        CallLimits.builder()
            .limiter(one)
            .key("tenant", Keys.header("x-tenant", "nobody"))
            .keys(call -> LimitKeys.of("a", "1").and("b", "2"))
            .key("method", Keys.method())
            .key("b", call -> "3")
            .build();
    Metadata headers = new Metadata();
    headers.put(TENANT, "acme");
    assertThat(keys(limits, headers))
        .isEqualTo(Map.of("tenant", "acme", "a", "1", "b", "3", "method", "test.Service/Unary"));
    assertThat(keys(limits, new Metadata())).containsEntry("tenant", "nobody");
  }

  private Map<String, String> keys(CallLimits limits, Metadata headers) throws Exception {
    limits.ask(one, call(UNARY, headers), null);
    return one.next().keys().values();
  }

  @Test
  void wait_unlessSaid_isZero() throws Exception {
    CallLimits.builder().limiter(one).build().ask(one, call(UNARY, new Metadata()), null);
    assertThat(one.next().atMost()).isEqualTo(Duration.ZERO);
  }

  @Test
  void nameOfNoMethod_isRefused() {
    assertThatThrownBy(() -> Methods.named("Book"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'Book'");
  }

  @Test
  void limitsWithoutALimiter_areRefused() {
    assertThatThrownBy(() -> CallLimits.builder().build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("limiter");
  }
}
