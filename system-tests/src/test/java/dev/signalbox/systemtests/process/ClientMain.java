package dev.signalbox.systemtests.process;

import dev.signalbox.client.Permit;
import dev.signalbox.client.SemaphoreSpec;
import dev.signalbox.client.SignalboxClient;
import dev.signalbox.client.SignalboxClientBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The inside of a {@link ClientProcess}: an SDK client that holds at most one permit and does what
 * it is told, a line a command.
 *
 * <ul>
 *   <li>{@code acquire <semaphore>}: acquires a permit of a semaphore of max 1. {@code acquired}
 *   <li>{@code wait <semaphore>}: joins its queue. {@code waiting}
 *   <li>{@code held}: whether the permit is held. {@code true} or {@code false}
 *   <li>{@code last-held}: once it is lost, the last moment at which it was seen to be held, in
 *       nanoseconds of this machine's monotonic clock
 *   <li>{@code release}: gives it back. {@code released true}, or {@code released false} where
 *       nothing was held any more
 *   <li>{@code events}: what the session has been through, such as {@code opened 1, resumed 1, lost
 *       0}
 *   <li>{@code close}: closes the client. {@code closed}
 * </ul>
 */
final class ClientMain {
  private final SignalboxClient client;
  private final SessionLog log;
  private @Nullable HeldPermit held;

  private ClientMain(SignalboxClient client, SessionLog log) {
    this.client = client;
    this.log = log;
  }

  /**
   * Runs until its input ends, so it cannot outlive the test that started it.
   *
   * @param args client name, target, lease, and optionally the time to end after a break
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    SessionLog log = new SessionLog();
    try (SignalboxClient client = builder(args).listener(log).build()) {
      log.awaitOpened();
      new ClientMain(client, log).run();
    }
  }

  private static SignalboxClientBuilder builder(String[] args) {
    SignalboxClientBuilder builder =
        SignalboxClient.builder()
            .clientName(args[0])
            .target(args[1])
            .lease(Duration.parse(args[2]))
            .patience(Duration.ofSeconds(30));
    return args.length > 3 ? builder.endAfterBreak(Duration.parse(args[3])) : builder;
  }

  private void run() throws IOException, InterruptedException {
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    System.out.println("ready");
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      System.out.println(answer(line.split(" ")));
    }
  }

  private String answer(String[] command) throws InterruptedException {
    return switch (command[0]) {
      case "acquire" -> acquire(command[1]);
      case "wait" -> await(command[1]);
      case "held" -> String.valueOf(held().permit().isHeld());
      case "last-held" -> String.valueOf(held().lastSeenHeld());
      case "release" -> "released " + held().permit().release().released();
      case "events" -> log.toString();
      case "close" -> close();
      default -> "unknown command " + command[0];
    };
  }

  private String acquire(String semaphore) throws InterruptedException {
    Permit permit = client.semaphores().create(semaphore, SemaphoreSpec.max(1)).acquire();
    held = new HeldPermit(permit);
    return "acquired";
  }

  private String await(String semaphore) throws InterruptedException {
    CompletableFuture<Permit> unused =
        client.semaphores().create(semaphore, SemaphoreSpec.max(1)).acquireAsync();
    return "waiting";
  }

  private String close() {
    client.close();
    return "closed";
  }

  private HeldPermit held() {
    if (held == null) {
      throw new IllegalStateException("nothing was acquired");
    }
    return held;
  }
}
