package dev.signalbox.client.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.client.SignalboxClient;
import dev.signalbox.client.fixtures.TestedService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the contract tests, whose names are in the module's pom, are run against. */
@Timeout(60)
class ContractTest {
  @Test
  void serviceThatIsTested_isTheKit() throws Exception {
    try (TestedService service = TestedService.start();
        SignalboxClient client =
            SignalboxClient.builder().target("127.0.0.1:" + service.port()).build()) {
      assertThat(service).isInstanceOf(KitMaker.Kit.class);
      TestSignalbox box = ((KitMaker.Kit) service).box();
      box.crash(client);
    }
  }
}
