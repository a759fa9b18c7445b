package dev.signalbox.sample;

import dev.signalbox.sample.ledger.LedgerService;
import dev.signalbox.sample.orders.OrderService;
import java.io.IOException;
import java.util.Arrays;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts one of the two services, {@code orders} or {@code ledger}, on port 8080. */
public final class Main {
  private Main() {}

  /** The first argument names the service, or is {@code health-check}; the others are Spring's. */
  public static void main(String[] args) throws IOException, InterruptedException {
    String what = args.length == 0 ? "" : args[0];
    if (what.equals("health-check")) {
      System.exit(HealthCheck.isUp("http://127.0.0.1:8080/actuator/health/readiness") ? 0 : 1);
    }
    start(what, Arrays.copyOfRange(args, Math.min(1, args.length), args.length));
  }

  /** Starts a service; its configuration is the file of its name. */
  static ConfigurableApplicationContext start(String service, String... args) {
    Class<?> type =
        switch (service) {
          case "orders" -> OrderService.class;
          case "ledger" -> LedgerService.class;
          default -> throw new IllegalArgumentException("say orders or ledger");
        };
    return new SpringApplicationBuilder(type)
        .properties("spring.config.name=" + service, "spring.application.name=" + service)
        .run(args);
  }
}
