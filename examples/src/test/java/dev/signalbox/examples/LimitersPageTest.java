package dev.signalbox.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.client.SignalboxClient;
import dev.signalbox.client.limit.Limit;
import dev.signalbox.client.limit.Limiter;
import dev.signalbox.server.ServerOptions;
import dev.signalbox.server.SignalboxServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The blocks of Java on the page about limiters compile and run. */
@Timeout(120)
class LimitersPageTest {
  private static final Path PAGE = Path.of("..", "docs", "limiters.md");

  @TempDir private Path directory;

  @Test
  void blocks_whenRunInOrder_letTheirCallsIn() throws Exception {
    AtomicInteger worked = new AtomicInteger();
    Runnable work = worked::incrementAndGet;
    try (SignalboxServer server = SignalboxServer.start(ServerOptions.embedded());
        SignalboxClient client =
            SignalboxClient.builder().target("127.0.0.1:" + server.port()).build()) {
      Limiter limiter =
          Limiter.builder(client, "page")
              .limit(Limit.concurrency("payments/tenant/{tenant}", 2))
              .build();
      for (JavaBlock block : blocks()) {
        String parameters = ", SignalboxClient client, Limiter limiter, String tenant";
        new Snippet(directory, parameters, block.code()).run(work, client, limiter, "blue");
      }
      assertThat(client.semaphores().open("payments/ledger-db").info().max()).isEqualTo(16);
      assertThat(client.semaphores().open("payments/partner").info().refill().orElseThrow())
          .hasFieldOrPropertyWithValue("permits", 200)
          .hasFieldOrPropertyWithValue("period", Duration.ofSeconds(1));
    }
    assertThat(worked).hasValue(2);
  }

  @Test
  void page_always_hasFourBlocks() throws IOException {
    assertThat(blocks()).hasSize(4);
  }

  private static List<JavaBlock> blocks() throws IOException {
    return JavaBlock.on(PAGE);
  }
}
