package dev.signalbox.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.signalbox.client.RemoteSemaphore;
import dev.signalbox.client.SemaphoreSpec;
import dev.signalbox.client.SignalboxClient;
import dev.signalbox.server.ServerOptions;
import dev.signalbox.server.SignalboxServer;
import dev.signalbox.spring.app.Ledger;
import dev.signalbox.spring.app.RunningApp;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An application with the starter, over HTTP, and a real server. */
class EndToEndTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static SignalboxServer server;
  private static SignalboxClient observer;
  private static RunningApp app;
  private static Ledger ledger;

  @BeforeAll
  static void start() throws Exception {
    server = SignalboxServer.start(ServerOptions.embedded());
    String target = "127.0.0.1:" + server.port();
    observer = SignalboxClient.builder().target(target).build();
    app = startApp(target);
    ledger = app.bean(Ledger.class);
  }

  private static RunningApp startApp(String target) {
    return RunningApp.start(
        "spring.application.name=ledger",
        "signalbox.targets=" + target,
        "signalbox.limiters[app/ledger-db].limits[0].concurrency=1",
        "signalbox.limiters[app/ledger-db].answer-within=20s",
        "signalbox.limiters[app/ledger-db].retry-after=3s",
        "signalbox.limiters.statements.limits[0].semaphore=app/statements/{tenant}",
        "signalbox.limiters.statements.limits[0].rate=1",
        "signalbox.limiters.statements.limits[0].period=24h",
        "signalbox.limiters.statements.answer-within=20s",
        "signalbox.limiters.door.limits[0].semaphore=app/door",
        "signalbox.limiters.door.limits[0].concurrency=1",
        "signalbox.limiters.door.answer-within=20s",
        "signalbox.web.rules[0].paths=/door/**",
        "signalbox.web.rules[0].limiter=door");
  }

  @AfterAll
  static void stop() {
    app.close();
    observer.close();
    server.close();
  }

  private static long count(String semaphore) throws Exception {
    return observer.semaphores().open(semaphore).info().count();
  }

  /** Makes one call, a second one beside it, and one after it. */
  private static void oneAtATime(String path, String semaphore, String retryAfter)
      throws Exception {
    CompletableFuture<HttpResponse<String>> first = app.begin(path);
    CompletableFuture<String> work = ledger.next();
    assertThat(count(semaphore)).isZero();

    HttpResponse<String> second = app.get(path);
    assertThat(second.statusCode()).isEqualTo(429);
    assertThat(second.headers().firstValue("Retry-After")).contains(retryAfter);
    assertThat(second.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(second.body()).contains("\"title\":\"Too Many Requests\"");

    work.complete("booked");
    assertThat(first.join().body()).isEqualTo("booked");
    await().atMost(PATIENCE).until(() -> count(semaphore) == 1);
  }

  @Test
  void limitedMethod_isOneAtATime() throws Exception {
    oneAtATime("/book", "app/ledger-db", "3");
  }

  @Test
  void limitedMethodThatEndsLater_isOneAtATime() throws Exception {
    oneAtATime("/book-later", "app/ledger-db", "3");
  }

  @Test
  void limitedPath_isOneAtATime() throws Exception {
    oneAtATime("/door/book", "app/door", "1");
  }

  @Test
  void limitedPathThatIsAnsweredLater_isOneAtATime() throws Exception {
    oneAtATime("/door/book-later", "app/door", "1");
  }

  @Test
  void callsThatFail_giveBack() throws Exception {
    for (String path : new String[] {"/book", "/book-later", "/door/book", "/door/book-later"}) {
      CompletableFuture<HttpResponse<String>> call = app.begin(path);
      ledger.next().completeExceptionally(new IllegalStateException("meant to fail"));
      assertThat(call.join().statusCode()).isEqualTo(500);
      String semaphore = path.startsWith("/door") ? "app/door" : "app/ledger-db";
      await().atMost(PATIENCE).until(() -> count(semaphore) == 1);
    }
  }

  @Test
  void rate_isPerTenantAndSaysWhenToComeAgain() {
    assertThat(app.get("/statements/acme").body()).isEqualTo("statement of acme");
    HttpResponse<String> second = app.get("/statements/acme");
    assertThat(second.statusCode()).isEqualTo(429);
    assertThat(second.headers().firstValue("Retry-After")).contains("86400");
    assertThat(app.get("/statements/%2E%2Fzoo").statusCode()).isIn(200, 400);
    assertThat(app.get("/statements/other").body()).isEqualTo("statement of other");
  }

  @Test
  void health_isUp() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(app.get("/actuator/health").body())
                .contains("\"signalbox\":{\"details\":{\"state\":\"CONNECTED\",\"since\":\"20"));
    assertThat(app.get("/actuator/health/readiness").body()).doesNotContain("signalbox");
  }

  @Test
  void meters_areRegistered() {
    MeterRegistry registry = app.bean(MeterRegistry.class);
    assertThat(
            registry.get("signalbox.limiter.decisions").tag("limiter", "door").functionCounters())
        .hasSize(9);
    assertThat(registry.get("signalbox.limiter.wait").tag("limiter", "statements").timers())
        .hasSize(2);
    await()
        .atMost(PATIENCE)
        .until(() -> registry.get("signalbox.client.connected").gauge().value() == 1);
  }

  @Test
  void limitsThatExist_winOverThoseThatAreConfigured() throws Exception {
    RemoteSemaphore semaphore =
        observer
            .semaphores()
            .create("app/statements/rich", SemaphoreSpec.max(3).refill(1, Duration.ofDays(1)));
    for (int i = 0; i < 3; i++) {
      assertThat(app.get("/statements/rich").statusCode()).isEqualTo(200);
    }
    assertThat(app.get("/statements/rich").statusCode()).isEqualTo(429);
    assertThat(semaphore.info().count()).isZero();
  }

  @Test
  void close_waitsForRequestsBeforeItGivesTheirPermitsBack() throws Exception {
    RunningApp second = startApp("127.0.0.1:" + server.port());
    CompletableFuture<HttpResponse<String>> call = second.begin("/statements/closing");
    assertThat(call.join().statusCode()).isEqualTo(200);
    CompletableFuture<HttpResponse<String>> running = second.begin("/door/book");
    CompletableFuture<String> work = second.bean(Ledger.class).next();
    // A thread of its own: the HTTP client needs the common pool, which may have but one.
    Thread closing = new Thread(second::close);
    closing.start();
    await().atMost(PATIENCE).until(() -> !isReady(second));

    assertThat(count("app/door")).isZero();
    work.complete("booked");
    assertThat(running.join().body()).isEqualTo("booked");
    closing.join();
    assertThat(count("app/door")).isEqualTo(1);
  }

  /** Whether the application still takes calls: it does not while it drains. */
  private static boolean isReady(RunningApp app) {
    try {
      return app.get("/actuator/health/readiness").statusCode() == 200;
    } catch (CompletionException e) {
      return false;
    }
  }
}
