package dev.signalbox.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.signalbox.server.ServerOptions;
import dev.signalbox.server.SignalboxServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** Both services in one JVM, and a server beside them. */
class SampleTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final List<ConfigurableApplicationContext> SERVICES = new ArrayList<>();
  private static SignalboxServer server;
  private static String ledger;
  private static String orders;

  @BeforeAll
  static void start() throws Exception {
    server = SignalboxServer.start(ServerOptions.embedded());
    ledger = start("ledger");
    orders = start("orders", "--ledger.url=" + ledger);
  }

  private static String start(String service, String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.add("--server.address=127.0.0.1");
    all.add("--server.port=0");
    all.add("--signalbox.targets=127.0.0.1:" + server.port());
    ConfigurableApplicationContext context = Main.start(service, all.toArray(String[]::new));
    SERVICES.add(context);
    return "http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port");
  }

  @AfterAll
  static void stop() {
    SERVICES.forEach(ConfigurableApplicationContext::close);
    server.close();
  }

  private static CompletableFuture<HttpResponse<String>> post(String address) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address)).POST(BodyPublishers.noBody()).build();
    return HTTP.sendAsync(request, BodyHandlers.ofString());
  }

  /**
   * Many calls at once; each is done or refused. More than can be done one after the other while
   * they wait, two at a time.
   */
  private static List<Integer> burst(String address) {
    List<CompletableFuture<HttpResponse<String>>> calls =
        Stream.generate(() -> post(address)).limit(24).toList();
    List<Integer> statuses = calls.stream().map(call -> call.join().statusCode()).toList();
    assertThat(statuses).contains(200).allMatch(status -> status == 200 || status == 429);
    return statuses;
  }

  @Test
  void ledger_isNeverBroken_whoeverCallsIt() throws Exception {
    await().atMost(PATIENCE).until(() -> burst(orders + "/orders/acme").contains(429));
    assertThat(figures()).containsPattern("\"highest\":[12],");

    await().atMost(PATIENCE).until(() -> burst(ledger + "/entries").contains(429));
    assertThat(figures()).containsPattern("\"highest\":[1234],").contains("\"broken\":0");
  }

  private static String figures() throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(ledger + "/figures")).build();
    return HTTP.send(request, BodyHandlers.ofString()).body();
  }

  @Test
  void healthCheck_tellsWhoIsUp() throws Exception {
    assertThat(HealthCheck.isUp(orders + "/actuator/health/readiness")).isTrue();
    assertThat(HealthCheck.isUp(orders + "/nothing")).isFalse();
    assertThat(HealthCheck.isUp("http://127.0.0.1:1/")).isFalse();
  }
}
