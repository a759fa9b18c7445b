package dev.signalbox.client;

import static java.time.Duration.ofSeconds;
import static org.awaitility.Awaitility.await;

import dev.signalbox.client.fixtures.FakeTicker;
import dev.signalbox.client.fixtures.ScriptedService;
import dev.signalbox.client.fixtures.ScriptedStream;
import dev.signalbox.v1.Request;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * A service that follows a script, and a client with a lease of 10 s by a clock that the test
 * moves.
 */
abstract class WithScript {
  final FakeTicker ticker = new FakeTicker();
  final Recorder recorder = new Recorder();
  private ScriptedService service;
  private @Nullable SignalboxClient client;

  @BeforeEach
  final void startService() throws Exception {
    service = ScriptedService.start();
  }

  @AfterEach
  final void stop() {
    service.close();
    ticker.advance(Duration.ofMinutes(1));
    if (client != null) {
      client.close();
    }
  }

  final ScriptedService service() {
    return service;
  }

  final SignalboxClientBuilder builder() {
    return SignalboxClient.builder()
        .target(service.target())
        .lease(ofSeconds(10))
        .ticker(ticker)
        .listener(recorder);
  }

  final SignalboxClient client() {
    return started(builder());
  }

  final SignalboxClient started(SignalboxClientBuilder builder) {
    client = builder.build();
    return client;
  }

  final ScriptedStream opened() throws InterruptedException {
    return service.nextStream().open(10_000);
  }

  /** Opens a semaphore of 8 by that name. */
  static RemoteSemaphore semaphore(SignalboxClient client, ScriptedStream stream, String name)
      throws Exception {
    CompletableFuture<RemoteSemaphore> opened = client.semaphores().openAsync(name);
    stream.replyExists(stream.nextRequest());
    return opened.get();
  }

  /** Acquires a permit that has the grant id of that number. */
  static Permit granted(RemoteSemaphore semaphore, ScriptedStream stream, int number)
      throws Exception {
    CompletableFuture<Permit> permit = semaphore.acquireAsync();
    Request acquire = stream.nextRequest();
    stream.reply(ScriptedStream.granted(acquire, ScriptedStream.grantId(number)));
    return permit.get();
  }

  static ConditionFactory eventually() {
    return await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(5));
  }
}
