package dev.signalbox.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.signalbox.client.Permit;
import dev.signalbox.client.RemoteSemaphore;
import dev.signalbox.client.SemaphoreSpec;
import dev.signalbox.client.SignalboxClient;
import dev.signalbox.server.ServerOptions;
import dev.signalbox.server.SignalboxServer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class QueueingTest {
  private final List<String> said = new CopyOnWriteArrayList<>();
  private SignalboxServer server;
  private SignalboxClient holder;
  private SignalboxClient waiter;

  @BeforeEach
  void start() throws Exception {
    server = SignalboxServer.start(ServerOptions.embedded());
    String target = "127.0.0.1:" + server.port();
    holder = SignalboxClient.builder().target(target).build();
    waiter = SignalboxClient.builder().target(target).build();
  }

  @AfterEach
  void stop() {
    waiter.close();
    holder.close();
    server.close();
  }

  private FutureTask<Optional<Permit>> queueing(String... words) {
    WantedOptions wanted = CommandLine.populateCommand(new WantedOptions(), words);
    Callable<Optional<Permit>> queueing = new Queueing(waiter, wanted, said::add)::acquire;
    FutureTask<Optional<Permit>> task = new FutureTask<>(queueing);
    new Thread(task, "queueing").start();
    return task;
  }

  /** The session that waits, once it is another than this one. */
  private static long awaitWaiter(RemoteSemaphore a, long former) {
    return await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> a.info(1).waiters().stream().mapToLong(w -> w.sessionNumber()).sum(),
            session -> session != 0 && session != former);
  }

  @Test
  void waiter_whoseSessionIsLost_waitsAnew() throws Exception {
    RemoteSemaphore a = holder.semaphores().create("a", SemaphoreSpec.max(1));
    Permit held = a.acquire();
    FutureTask<Optional<Permit>> waiting = queueing("a");
    long first = awaitWaiter(a, 0);
    holder.sessions().end(first);
    awaitWaiter(a, first);
    held.close();
    assertThat(waiting.get(20, TimeUnit.SECONDS).orElseThrow().isHeld()).isTrue();
    assertThat(said).hasSize(1);
  }

  @Test
  void waiter_whoseSessionIsLost_waitsNoLongerThanItWasToldTo() throws Exception {
    RemoteSemaphore a = holder.semaphores().create("a", SemaphoreSpec.max(1));
    Permit held = a.acquire();
    FutureTask<Optional<Permit>> waiting = queueing("a", "--wait", "2s");
    holder.sessions().end(awaitWaiter(a, 0));
    assertThat(waiting.get(20, TimeUnit.SECONDS)).isEmpty();
    assertThat(held.isHeld()).isTrue();
  }
}
