package dev.signalbox.systemtests.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.signalbox.client.SignalboxClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.testcontainers.DockerClientFactory;

/** The sample of docker-compose.yml: two processes of orders, and the ledger that they share. */
@RequiresDocker(images = SampleIT.IMAGE)
class SampleIT {
  static final String IMAGE = "signalbox-spring-sample:dev";

  /** What the orders' limiter allows over all of them, and the ledger's at its door. */
  private static final int ORDERS = 3;

  private static final int DOOR = 4;

  private static final int OK = 200;
  private static final int REFUSED = 429;

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Compose COMPOSE =
      new Compose(
          "sample",
          Map.of(
              "SIGNALBOX_SAMPLE_IMAGE", IMAGE,
              "SIGNALBOX_PORT", "0",
              "SIGNALBOX_ORDERS_PORT", "0",
              "SIGNALBOX_LEDGER_PORT", "0"));

  private static List<String> orders;
  private static String ledger;

  @BeforeAll
  static void up() throws Exception {
    sample("up", "--detach", "--wait", "--no-build", "--scale", "orders=2");
    orders = List.of(address("orders", "1"), address("orders", "2"));
    ledger = address("ledger", "1");
  }

  @AfterAll
  static void down() throws Exception {
    sample("down", "--volumes", "--timeout", "5");
  }

  private static String sample(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("--profile", "sample"));
    command.addAll(List.of(arguments));
    return COMPOSE.run(command.toArray(String[]::new));
  }

  private static String address(String service, String index) throws Exception {
    return "http://" + sample("port", "--index", index, service, "8080").strip();
  }

  @Test
  void ledger_neverSeesMoreThanItsLimits_alsoWhenAProcessIsKilled() throws Exception {
    for (String address : orders) {
      assertThat(get(address + "/actuator/health")).contains("\"signalbox\"");
    }
    await().atMost(DockerTest.PATIENCE).until(() -> ordersBurst(orders).contains(REFUSED));
    assertThat(figure("highest")).isBetween(1, ORDERS);

    List<CompletableFuture<Integer>> cutOff = calls(orders.get(0) + "/orders/cut-off", 3);
    killFirst();
    cutOff.forEach(call -> call.handle((status, failure) -> status).join());
    await().atMost(DockerTest.PATIENCE).until(() -> count("sample/orders") == ORDERS);
    assertThat(ordersBurst(orders.subList(1, 2))).contains(OK);
    assertThat(figure("highest")).isBetween(1, ORDERS);

    await()
        .atMost(DockerTest.PATIENCE)
        .until(() -> statuses(calls(ledger + "/entries", 12)).contains(REFUSED));
    assertThat(figure("highest")).isBetween(1, DOOR);
    assertThat(figure("broken")).isZero();
  }

  /** Many orders of a few tenants at once. Each is booked or refused. */
  private static List<Integer> ordersBurst(List<String> addresses) {
    List<CompletableFuture<Integer>> calls = new ArrayList<>();
    for (String address : addresses) {
      for (String tenant : List.of("acme", "bolt", "corn")) {
        calls.addAll(calls(address + "/orders/" + tenant, 4));
      }
    }
    return statuses(calls);
  }

  private static List<Integer> statuses(List<CompletableFuture<Integer>> calls) {
    List<Integer> statuses = calls.stream().map(CompletableFuture::join).toList();
    assertThat(statuses).containsAnyOf(OK).allMatch(status -> status == OK || status == REFUSED);
    return statuses;
  }

  private static List<CompletableFuture<Integer>> calls(String address, int times) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address)).POST(BodyPublishers.noBody()).build();
    return Stream.generate(() -> HTTP.sendAsync(request, BodyHandlers.discarding()))
        .limit(times)
        .map(answer -> answer.thenApply(HttpResponse::statusCode))
        .toList();
  }

  /** What the ledger counted by itself. */
  private static int figure(String name) throws Exception {
    JsonObject figures = JsonParser.parseString(get(ledger + "/figures")).getAsJsonObject();
    return figures.get(name).getAsInt();
  }

  private static String get(String address) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(address)).build();
    HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
    assertThat(response.statusCode()).as(address).isEqualTo(OK);
    return response.body();
  }

  private static void killFirst() throws Exception {
    String container = COMPOSE.project() + "-orders-1";
    DockerClientFactory.lazyClient().killContainerCmd(container).exec();
  }

  private static long count(String semaphore) throws Exception {
    String target = sample("port", "signalbox", "7600").strip();
    try (SignalboxClient client = SignalboxClient.builder().target(target).build()) {
      return client.semaphores().open(semaphore).info().count();
    }
  }
}
