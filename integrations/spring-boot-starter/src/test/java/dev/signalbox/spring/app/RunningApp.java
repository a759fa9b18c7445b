package dev.signalbox.spring.app;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The application on a free port of the loopback interface, and who calls it. */
public final class RunningApp implements AutoCloseable {
  private final HttpClient http = HttpClient.newHttpClient();
  private final ConfigurableApplicationContext context;

  private RunningApp(ConfigurableApplicationContext context) {
    this.context = context;
  }

  /** Starts the application with these properties. */
  public static RunningApp start(String... properties) {
    List<String> all = new ArrayList<>(List.of(properties));
    all.add("server.address=127.0.0.1");
    all.add("server.port=0");
    all.add("management.endpoint.health.show-details=always");
    all.add("spring.main.banner-mode=off");
    return new RunningApp(
        new SpringApplicationBuilder(LedgerApp.class).properties(all.toArray(String[]::new)).run());
  }

  /** A bean of the application. */
  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  /** Begins a GET. */
  public CompletableFuture<HttpResponse<String>> begin(String path) {
    String port = context.getEnvironment().getRequiredProperty("local.server.port");
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
    return http.sendAsync(request, BodyHandlers.ofString());
  }

  /** The answer to a GET. */
  public HttpResponse<String> get(String path) {
    return begin(path).join();
  }

  @Override
  public void close() {
    context.close();
  }
}
