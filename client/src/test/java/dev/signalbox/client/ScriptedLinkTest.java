package dev.signalbox.client;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.client.fixtures.ScriptedService;
import dev.signalbox.client.fixtures.ScriptedStream;
import dev.signalbox.v1.Request;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScriptedLinkTest {
  private ScriptedService service;
  private SignalboxClient client;

  @BeforeEach
  void start() throws Exception {
    service = ScriptedService.start();
    client = SignalboxClient.builder().target(service.target()).lease(ofSeconds(10)).build();
  }

  @AfterEach
  void stop() {
    service.close();
    client.close();
  }

  private RemoteSemaphore semaphore(ScriptedStream stream) throws Exception {
    CompletableFuture<RemoteSemaphore> made =
        client.semaphores().createAsync("a", SemaphoreSpec.max(8));
    stream.replyExists(stream.nextRequest());
    return made.get();
  }

  @Test
  void acquireAndClose_areRequestsOfTheStream() throws Exception {
    ScriptedStream stream = service.nextStream().open(10_000);
    RemoteSemaphore semaphore = semaphore(stream);
    CompletableFuture<Permit> wanted = semaphore.acquireAsync();
    Request acquire = stream.nextRequest();
    stream.reply(ScriptedStream.granted(acquire, ScriptedStream.grantId(1)));
    Permit permit = wanted.get();
    assertThat(permit.isHeld()).isTrue();
    permit.close();
    assertThat(permit.isHeld()).isFalse();
    Request release = stream.nextRequest();
    assertThat(release.getRelease().getItems(0).getGiveBack().getGrantId())
        .isEqualTo(ScriptedStream.grantId(1));
  }
}
