package dev.signalbox.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.client.limit.LimitExceededException;
import dev.signalbox.client.limit.Refusal;
import dev.signalbox.spring.SignalboxProperties.Rule;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockAsyncContext;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class LimitFilterTest {
  private static final FilterChain NOTHING = (request, response) -> {};

  private final FakeLimiter ledger = new FakeLimiter("ledger");
  private final FakeLimiter all = new FakeLimiter("all");
  private final MockHttpServletResponse response = new MockHttpServletResponse();

  private final LimitFilter filter =
      new LimitFilter(
          new ConfiguredRules(Limiters.of(ledger, all))
              .make(
                  List.of(
                      new Rule(
                          List.of("/ledger/{tenant}/**", "/books/*"),
                          List.of("post", "PUT"),
                          "ledger",
                          Map.of(
                              "tenant", "path:tenant",
                              "user", "principal",
                              "from", "remote-address",
                              "plan", "header:X-Plan",
                              "city", "query:city"),
                          Duration.ofMillis(20)),
                      new Rule(List.of("/**"), List.of("POST"), "all", Map.of(), null))));

  private static MockHttpServletRequest request(String method, String path) {
    MockHttpServletRequest request = new MockHttpServletRequest(method, path);
    request.setAsyncSupported(true);
    return request;
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /ledger/acme/entries, 1, 0",
    "PUT, /ledger/acme, 1, 0",
    "POST, /books/12, 1, 0",
    "POST, /books/12/pages, 0, 1",
    "GET, /ledger/acme, 0, 0",
    "POST, /ledg%65r/acme, 1, 0",
    "POST, /, 0, 1"
  })
  void firstRuleThatMatches_limits(String method, String path, int byLedger, int byAll)
      throws Exception {
    filter.doFilter(request(method, path), response, NOTHING);
    assertThat(ledger.asked).hasSize(byLedger);
    assertThat(all.asked).hasSize(byAll);
    assertThat(response.getStatus()).isEqualTo(200);
  }

  @Test
  void keys_comeFromTheRequest() throws Exception {
    MockHttpServletRequest request = request("POST", "/ledger/acme/entries");
    request.setUserPrincipal(() -> "ann");
    request.setRemoteAddr("127.0.0.7");
    request.addHeader("X-Plan", "gold");
    request.setQueryString("town=x&city=S%C3%A3o+Paulo");
    filter.doFilter(request, response, NOTHING);

    assertThat(ledger.asked.get(0).maxWait()).isEqualTo(Duration.ofMillis(20));
    assertThat(ledger.asked.get(0).keys().values())
        .isEqualTo(
            Map.of(
                "tenant", "acme",
                "user", "ann",
                "from", "127.0.0.7",
                "plan", "gold",
                "city", "São Paulo"));
  }

  @Test
  void keysThatAreMissing_areEmpty() throws Exception {
    MockHttpServletRequest request = request("POST", "/books/12");
    request.setQueryString("%zz=1&city");
    filter.doFilter(request, response, NOTHING);

    Map<String, String> values = ledger.asked.get(0).keys().values();
    assertThat(values).containsEntry("tenant", "").containsEntry("user", "");
    assertThat(values).containsEntry("plan", "").containsEntry("city", "");
  }

  @ParameterizedTest
  @CsvSource({
    "LIMIT, 1, 429, 1",
    "LIMIT, 1000, 429, 1",
    "LIMIT, 1001, 429, 2",
    "LOCAL_LIMIT, 90000, 429, 90",
    "UNAVAILABLE, 3000, 503, 3"
  })
  void refusedRequest_isAnsweredWithWhenToComeAgain(
      Refusal.Cause cause, int millis, int status, String seconds) throws Exception {
    ledger.refuse(cause, Duration.ofMillis(millis));
    filter.doFilter(
        request("POST", "/books/12"),
        response,
        (request, untouched) -> {
          throw new AssertionError("must not get here");
        });

    assertThat(response.getStatus()).isEqualTo(status);
    assertThat(response.getHeader("Retry-After")).isEqualTo(seconds);
    assertThat(response.getContentType()).isEqualTo("application/problem+json");
    assertThat(response.getContentAsString())
        .contains("\"status\":" + status, "\"detail\":\"Try again in " + seconds + " s.\"");
  }

  @Test
  void request_holdsUntilItsChainReturnsOrThrows() throws Exception {
    filter.doFilter(
        request("POST", "/"), response, (request, r) -> assertThat(all.inFlight).hasValue(1));
    assertThat(all.inFlight).hasValue(0);
    assertThatThrownBy(() ->
            filter.doFilter(
                request("POST", "/"),
                response,
                (request, r) -> {
                  throw new ServletException("broken");
                }))
        .hasMessage("broken");
    assertThat(all.inFlight).hasValue(0);
  }

  @Test
  void requestThatGoesOnWithoutItsThread_holdsUntilItIsComplete() throws Exception {
    MockHttpServletRequest request = request("POST", "/");
    filter.doFilter(request, response, (r, untouched) -> r.startAsync());
    assertThat(all.inFlight).hasValue(1);

    Objects.requireNonNull(request.getAsyncContext()).complete();
    assertThat(all.inFlight).hasValue(0);
  }

  @Test
  void requestThatGoesOnTwice_holdsUntilTheSecondEnd() throws Exception {
    MockHttpServletRequest request = request("POST", "/");
    filter.doFilter(request, response, (r, untouched) -> r.startAsync());
    MockAsyncContext first = (MockAsyncContext) Objects.requireNonNull(request.getAsyncContext());
    AsyncContext second = new MockAsyncContext(request, response);
    for (var listener : first.getListeners()) {
      listener.onStartAsync(new AsyncEvent(second));
    }
    assertThat(all.inFlight).hasValue(1);

    second.complete();
    assertThat(all.inFlight).hasValue(0);
  }

  @Test
  void interruptedWait_failsTheRequest() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> filter.doFilter(request("POST", "/"), response, NOTHING))
        .isInstanceOf(ServletException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void handlerThatWasRefused_isAnsweredAsTheFilterDoes() {
    LimitExceededException refused =
        new LimitExceededException(
            new Refusal("ledger", Refusal.Cause.LIMIT, Duration.ofSeconds(7)));
    LimitExceededResolver resolver = new LimitExceededResolver();
    assertThat(resolver.resolveException(request("GET", "/"), response, null, refused)).isNotNull();
    assertThat(response.getStatus()).isEqualTo(429);
    assertThat(response.getHeader("Retry-After")).isEqualTo("7");
  }

  @Test
  void handlerThatFailedOtherwise_isLeftToOthers() {
    LimitExceededResolver resolver = new LimitExceededResolver();
    Exception other = new IllegalStateException();
    assertThat(resolver.resolveException(request("GET", "/"), response, null, other)).isNull();
    assertThat(response.getStatus()).isEqualTo(200);
  }
}
