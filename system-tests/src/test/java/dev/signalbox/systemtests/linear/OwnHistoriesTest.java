package dev.signalbox.systemtests.linear;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.client.SignalboxClient;
import dev.signalbox.server.Rule;
import dev.signalbox.server.ServerOptions;
import dev.signalbox.server.SignalboxServer;
import dev.signalbox.systemtests.Project;
import dev.signalbox.systemtests.linear.ConcurrentRun.Plan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Histories of our own service under load have a legal order. */
class OwnHistoriesTest {
  private static final Path FILE =
      Project.root().resolve("system-tests/target/histories/embedded.jsonl");
  private static final long SEED = Long.getLong("histories.seed", System.nanoTime() % 1_000_000);
  private static final int CALLS = 150;

  @Test
  @Rule({"A1", "A2", "A4", "A5", "R1", "R2"})
  void concurrentCalls_ofAnEmbeddedServer_haveALegalOrder() throws Exception {
    System.out.println("Histories with -Dhistories.seed=" + SEED);
    List<Concurrent> recorded = new ArrayList<>();
    try (SignalboxServer server = SignalboxServer.start(ServerOptions.embedded());
        SignalboxClient one = client(server);
        SignalboxClient other = client(server);
        SignalboxClient third = client(server)) {
      for (Plan plan : plans()) {
        recorded.add(ConcurrentRun.of(List.of(one, other, third), plan, CALLS, () -> false));
      }
    }
    Concurrent.write(FILE, recorded);
    for (Concurrent history : Concurrent.read(FILE)) {
      assertThat(history.unheard()).isZero();
      assertThat(LinearSearch.violations(history)).as("%s", FILE).isEmpty();
    }
  }

  private static List<Plan> plans() {
    return List.of(
        new Plan(SEED, 4, 1, 1, 3, "one", 0),
        new Plan(SEED + 1, 8, 1, 2, 5, "busy", 0),
        new Plan(SEED + 2, 6, 2, 1, 2, "two", 0),
        new Plan(SEED + 3, 6, 3, 0, 1, "three", 0));
  }

  private static SignalboxClient client(SignalboxServer server) {
    return SignalboxClient.builder().target("127.0.0.1:" + server.port()).build();
  }
}
