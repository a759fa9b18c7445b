package dev.signalbox.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.client.SignalboxClient;
import dev.signalbox.server.ServerOptions;
import dev.signalbox.server.SignalboxServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The blocks of Java on the page about gRPC calls compile and run. */
@Timeout(120)
class GrpcPageTest {
  private static final Path PAGE = Path.of("..", "docs", "grpc.md");

  @TempDir private Path directory;

  @Test
  void blocks_whenRun_makeTheirLimits() throws Exception {
    try (SignalboxServer server = SignalboxServer.start(ServerOptions.embedded());
        SignalboxClient client =
            SignalboxClient.builder().target("127.0.0.1:" + server.port()).build()) {
      for (JavaBlock block : blocks()) {
        Snippet snippet = new Snippet(directory, ", SignalboxClient client", block.code());
        snippet.run((Runnable) () -> {}, client);
        assertThat(snippet.shown()).hasSize(1);
      }
    }
  }

  @Test
  void page_always_hasTwoBlocks() throws IOException {
    assertThat(blocks()).hasSize(2);
  }

  private static List<JavaBlock> blocks() throws IOException {
    return JavaBlock.on(PAGE);
  }
}
