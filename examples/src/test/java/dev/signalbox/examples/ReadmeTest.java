package dev.signalbox.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.client.RemoteSemaphore;
import dev.signalbox.client.SemaphoreInfo;
import dev.signalbox.client.SemaphoreSpec;
import dev.signalbox.client.SignalboxClient;
import dev.signalbox.client.callback.CallbackPool;
import dev.signalbox.client.callback.PoolOptions;
import dev.signalbox.server.ServerOptions;
import dev.signalbox.server.SignalboxServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's code compiles and does what is said of it. */
class ReadmeTest {
  private static final Path README = Path.of("..", "README.md");
  private static final Pattern SHELL = Pattern.compile("(?ms)^## (.*?)$(?:(?!^## ).)*?^```sh\n");
  private static final String ADDRESS = "localhost:7600";

  @TempDir private Path directory;
  private final AtomicInteger worked = new AtomicInteger();
  private SignalboxServer server;
  private SignalboxClient client;

  @BeforeEach
  void startServer() throws IOException {
    server = SignalboxServer.start(ServerOptions.embedded());
    client = SignalboxClient.builder().target(address()).build();
  }

  @AfterEach
  void stopServer() {
    client.close();
    server.close();
  }

  @Test
  void readme_always_hasSixBlocksOfJava() throws IOException {
    assertThat(blocks()).hasSize(6);
  }

  @Test
  void readme_always_hasOneCommandToRunAndOneToTest() throws IOException {
    Matcher headings = SHELL.matcher(readme());
    assertThat(headings.results().map(found -> found.group(1)))
        .containsExactly("Run it", "Test it");
  }

  @Test
  void firstScreen_whenRun_worksTwiceAndGivesEverythingBack() throws Exception {
    new Snippet(directory, "", block(0)).run(work());
    assertThat(worked).hasValue(2);
    assertThat(client.semaphores().open("payments/ledger-db").info())
        .extracting(SemaphoreInfo::count, SemaphoreInfo::max)
        .containsExactly(8, 8);
  }

  @Test
  void callbackPools_whenRun_giveBackAndSignal() throws Exception {
    RemoteSemaphore ledger = client.semaphores().create("readme/ledger", SemaphoreSpec.max(8));
    RemoteSemaphore done = closed("readme/done");
    RemoteSemaphore next = closed("readme/next");
    try (CallbackPool pool = client.callbackPool(PoolOptions.threads(1, 2))) {
      String parameters =
          ", CallbackPool pool" + semaphore("ledger") + semaphore("done") + semaphore("next");
      new Snippet(directory, parameters, block(1)).run(work(), pool, ledger, done, next);
    }
    assertThat(worked).hasValue(1);
    assertThat(ledger.info().count()).isEqualTo(8);
    assertThat(done.info().count()).isEqualTo(1);
    assertThat(next.info().count()).isEqualTo(1);
  }

  @Test
  void crashSafeSignal_whenRun_isApplied() throws Exception {
    RemoteSemaphore done = closed("readme/done");
    try (CallbackPool pool = client.callbackPool(PoolOptions.threads(1, 2))) {
      new Snippet(directory, ", CallbackPool pool" + semaphore("done"), block(2))
          .run(work(), pool, done);
    }
    assertThat(worked).hasValue(1);
    assertThat(done.info().count()).isEqualTo(1);
  }

  @Test
  void waitsAndGroups_whenRun_giveEverythingBack() throws Exception {
    RemoteSemaphore ledger = client.semaphores().create("readme/ledger", SemaphoreSpec.max(8));
    RemoteSemaphore gpu = client.semaphores().create("readme/gpu", SemaphoreSpec.max(2));
    try (CallbackPool pool = client.callbackPool(PoolOptions.threads(1, 2))) {
      String parameters = ", CallbackPool pool" + semaphore("ledger") + semaphore("gpu");
      new Snippet(directory, parameters, block(3)).run(work(), pool, ledger, gpu);
    }
    assertThat(worked.get()).as("a closed pool cancels waits only").isGreaterThanOrEqualTo(3);
    assertThat(ledger.tryAcquire(8, Duration.ofSeconds(20))).isPresent();
    assertThat(gpu.tryAcquire(2, Duration.ofSeconds(20))).isPresent();
  }

  @Test
  void limits_whenRun_letTheCallInAndHoldNothingAfterIt() throws Exception {
    new Snippet(directory, ", SignalboxClient client, String tenant", block(4))
        .run(work(), client, "blue");
    assertThat(worked).hasValue(1);
    for (String name : List.of("payments/ledger-db", "payments/tenant/blue")) {
      RemoteSemaphore limit = client.semaphores().open(name);
      int max = limit.info().max();
      assertThat(limit.tryAcquire(max, Duration.ofSeconds(20))).as(name).isPresent();
    }
  }

  @Test
  void mutexesAndEvents_whenRun_workTwiceUnderTheMutex() throws Exception {
    try (CallbackPool pool = client.callbackPool(PoolOptions.threads(1, 2))) {
      String parameters = ", SignalboxClient client, CallbackPool pool";
      new Snippet(directory, parameters, block(5)).run(work(), client, pool);
    }
    assertThat(worked).hasValue(2);
    assertThat(client.mutexes().open("payments/ledger-lock").info())
        .extracting(SemaphoreInfo::count, SemaphoreInfo::abandoned)
        .containsExactly(1, false);
    assertThat(client.events().open("payments/booked").info().count()).isEqualTo(1);
  }

  private static String semaphore(String name) {
    return ", RemoteSemaphore " + name;
  }

  private RemoteSemaphore closed(String name) throws InterruptedException {
    return client.semaphores().create(name, SemaphoreSpec.max(5).initial(0));
  }

  private Runnable work() {
    return worked::incrementAndGet;
  }

  private String address() {
    return "127.0.0.1:" + server.port();
  }

  private String block(int index) throws IOException {
    return blocks().get(index).code().replace(ADDRESS, address());
  }

  private static List<JavaBlock> blocks() throws IOException {
    return JavaBlock.on(README);
  }

  private static String readme() throws IOException {
    return Files.readString(README);
  }
}
