package dev.signalbox.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.http.ResponseEntity;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class LimitedSetupTest {
  static class UnknownName {
    @Limited("payments/legder-db")
    public void book() {}
  }

  static class PrivateMethod {
    @Limited("ledger")
    private void book() {}

    void use() {
      book();
    }
  }

  @Limited("ledger")
  static class FinalMethod {
    public final void book() {}
  }

  static class BadWait {
    @Limited(value = "ledger", maxWait = "soon")
    public void book() {}
  }

  static class NegativeWait {
    @Limited(value = "ledger", maxWait = "-1s")
    public void book() {}
  }

  static class SameKeyTwice {
    @Limited("ledger")
    public void book(@LimitKey("tenant") String from, @LimitKey("tenant") String to) {}
  }

  static class MonoReturned {
    @Limited("ledger")
    public Mono<String> book() {
      return Mono.empty();
    }
  }

  static class FluxInEntity {
    @Limited("ledger")
    public ResponseEntity<Flux<String>> book() {
      return ResponseEntity.ok(Flux.empty());
    }
  }

  static class FutureReturned {
    @Limited("ledger")
    public Future<String> book() {
      return CompletableFuture.completedFuture("booked");
    }
  }

  static class CallableReturned {
    @Limited("ledger")
    public Callable<String> book() {
      return () -> "booked";
    }
  }

  static class StreamReturned {
    @Limited("ledger")
    public StreamingResponseBody book() {
      return out -> {};
    }
  }

  static List<Arguments> impossible() {
    return List.of(
        Arguments.of(UnknownName.class, "there is no limiter 'payments/legder-db', but [ledger]"),
        Arguments.of(PrivateMethod.class, "a private, static or final method cannot be limited"),
        Arguments.of(FinalMethod.class, "a private, static or final method cannot be limited"),
        Arguments.of(BadWait.class, "maxWait must be a duration such as 2s, not 'soon'"),
        Arguments.of(NegativeWait.class, "maxWait must be 0 to 365 days, not -1s"),
        Arguments.of(SameKeyTwice.class, "two parameters are the same @LimitKey"),
        Arguments.of(MonoReturned.class, "returns a Mono, of which nobody hears"),
        Arguments.of(FluxInEntity.class, "returns a Flux, of which nobody hears"),
        Arguments.of(FutureReturned.class, "returns a Future, of which nobody hears"),
        Arguments.of(CallableReturned.class, "returns a Callable, of which nobody hears"),
        Arguments.of(StreamReturned.class, "returns a StreamingResponseBody, of which nobody"));
  }

  static class WrongKey {
    @Limited("statements")
    public void book(@LimitKey("tennant") String tenant) {}
  }

  @Test
  void keyThatTheLimiterHasNot_stopsTheStart() {
    Contexts.with()
        .withPropertyValues(
            "signalbox.limiters.statements.limits[0].semaphore=a/{tenant}",
            "signalbox.limiters.statements.limits[0].concurrency=1")
        .withBean(WrongKey.class)
        .run(context ->
            assertThat(Contexts.analysis(context.getStartupFailure()).getDescription())
                .endsWith(
                    "the keys of limiter 'statements' are [tenant],"
                        + " but values are given for [tennant] by @LimitKey"));
  }

  @Test
  void nameWithoutAnyLimiter_saysHowToConfigureOne() {
    Contexts.with()
        .withBean(UnknownName.class)
        .run(context -> {
          FailureAnalysis analysis = Contexts.analysis(context.getStartupFailure());
          assertThat(analysis.getDescription()).endsWith("'payments/legder-db', nor any");
          assertThat(analysis.getAction()).contains("signalbox.limiters.[payments/legder-db]");
        });
  }

  @ParameterizedTest
  @MethodSource("impossible")
  void methodThatCannotBeLimited_stopsTheStart(Class<?> type, String why) {
    Contexts.with(new FakeLimiter("ledger"))
        .withBean(type)
        .run(context -> {
          FailureAnalysis analysis = Contexts.analysis(context.getStartupFailure());
          assertThat(analysis.getDescription())
              .startsWith("@Limited on " + type.getName() + ".book: ")
              .contains(why);
          assertThat(analysis.getAction()).isNotEmpty();
        });
  }
}
