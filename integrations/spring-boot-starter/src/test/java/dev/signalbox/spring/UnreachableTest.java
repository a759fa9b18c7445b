package dev.signalbox.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.spring.app.RunningApp;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An application that has never found a server. */
class UnreachableTest {
  private static RunningApp app;

  @BeforeAll
  static void start() {
    app =
        RunningApp.start(
            "signalbox.targets=127.0.0.1:1", // nobody listens there
            "signalbox.limiters.statements.limits[0].semaphore=app/statements/{tenant}",
            "signalbox.limiters.statements.limits[0].rate=1",
            "signalbox.limiters.statements.limits[0].period=24h",
            "signalbox.limiters.statements.answer-within=50ms",
            "signalbox.limiters.statements.fail-mode=open",
            "signalbox.limiters[app/ledger-db].limits[0].concurrency=1",
            "signalbox.limiters[app/ledger-db].answer-within=50ms",
            "signalbox.limiters[app/ledger-db].retry-after=1500ms");
  }

  @AfterAll
  static void stop() {
    app.close();
  }

  @Test
  void closedLimiter_answersThatTheServiceIsUnavailable() {
    HttpResponse<String> refused = app.get("/book");
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.headers().firstValue("Retry-After")).contains("2");
  }

  @Test
  void openLimiter_letsEverythingPass() {
    assertThat(app.get("/statements/acme").statusCode()).isEqualTo(200);
    assertThat(app.get("/statements/acme").statusCode()).isEqualTo(200);
  }

  @Test
  void health_isDownButReadinessIsNot() {
    assertThat(app.get("/actuator/health").statusCode()).isEqualTo(503);
    assertThat(app.get("/actuator/health").body())
        .contains("\"signalbox\":{\"details\":{\"state\":\"CONNECTING\",\"since\":\"20");
    assertThat(app.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
  }
}
