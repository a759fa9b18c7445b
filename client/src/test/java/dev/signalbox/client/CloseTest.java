package dev.signalbox.client;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.client.SignalboxException.ClientClosed;
import dev.signalbox.client.SignalboxException.Conclusion;
import dev.signalbox.server.Rule;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@Rule("L6")
class CloseTest extends WithServer {
  private RemoteSemaphore observed;

  @BeforeEach
  void create() throws Exception {
    observed = client().semaphores().create("a", SemaphoreSpec.max(4));
  }

  @Test
  void close_givesEverythingBackAtOnce() throws Exception {
    Recorder recorder = new Recorder();
    SignalboxClient client = started(builder().target(target()).listener(recorder));
    RemoteSemaphore a = client.semaphores().open("a");
    Permit permit = a.acquire(3);
    CompletableFuture<LossReason> lost = new CompletableFuture<>();
    permit.onLost(lost::complete);
    client.close();
    assertThat(observed.info().count()).isEqualTo(4);
    assertThat(permit.isHeld()).isFalse();
    assertThat(client.state()).isEqualTo(ClientState.CLOSED);
    permit.close();
    eventually().until(() -> recorder.heard.contains("closed"));
    assertThat(recorder.heard).containsExactly("opened", "closed");
    assertThat(lost).isNotDone();
  }

  private String target() {
    return "127.0.0.1:" + server().port();
  }

  @Test
  void close_isIdempotent_andQuick() throws Exception {
    SignalboxClient client = client();
    var unused = client.semaphores().open("a");
    client.close();
    long start = System.nanoTime();
    client.close();
    assertThat(System.nanoTime() - start).isLessThan(ofSeconds(1).toNanos());
  }

  @Test
  void close_byAnInterruptedThread_isNoLessThorough() throws Exception {
    SignalboxClient client = client();
    Permit permit = client.semaphores().open("a").acquire(3);
    Thread.currentThread().interrupt();
    client.close();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(observed.info().count()).isEqualTo(4);
    assertThat(permit.isHeld()).isFalse();
  }

  @Test
  void close_failsWhatWaits_andWhatComesAfter() throws Exception {
    SignalboxClient client = client();
    RemoteSemaphore a = client.semaphores().open("a");
    Permit all = a.acquire(4);
    CompletableFuture<Permit> waiting = a.acquireAsync();
    eventually().until(() -> observed.info().waiting() == 1);
    client.close();
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(waiting::get)
        .havingCause()
        .isInstanceOfSatisfying(
            ClientClosed.class, e -> assertThat(e.conclusion()).isEqualTo(Conclusion.NOT_DONE));
    assertThatThrownBy(a::acquire).isInstanceOf(ClientClosed.class);
    assertThatThrownBy(a.releaseAsync(1)::get).hasCauseInstanceOf(ClientClosed.class);
    assertThatThrownBy(a::info).isInstanceOf(ClientClosed.class);
    assertThat(all.isHeld()).isFalse();
    assertThat(observed.info().waiting()).isZero();
  }

  @Test
  void whatWasAskedForBefore_isStillDone() throws Exception {
    RemoteSemaphore zero =
        client().semaphores().create("zero", SemaphoreSpec.max(9_000).initial(0));
    SignalboxClient client = client();
    RemoteSemaphore same = client.semaphores().open("zero");
    CompletableFuture<?>[] signals = new CompletableFuture<?>[9_000];
    for (int i = 0; i < signals.length; i++) {
      signals[i] = same.releaseAsync(1);
    }
    client.close();
    CompletableFuture.allOf(signals).get();
    assertThat(zero.info().count()).isEqualTo(9_000);
  }

  @Test
  void close_failsAReadThatIsUnderWay() throws Exception {
    SignalboxClient client = remoteClient(ofMinutes(1));
    RemoteSemaphore a = client.semaphores().open("a");
    network().silence();
    CompletableFuture<SemaphoreInfo> info = a.infoAsync(0);
    client.close();
    assertThatThrownBy(() -> info.get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(ClientClosed.class);
  }

  @Test
  void close_withoutEverHavingBeenConnected_isQuick() throws Exception {
    network().refuse();
    SignalboxClient client = remoteClient(ofSeconds(10));
    CompletableFuture<?> call = client.semaphores().openAsync("a");
    long start = System.nanoTime();
    client.close();
    assertThat(System.nanoTime() - start).isLessThan(ofSeconds(1).toNanos());
    assertThatThrownBy(call::get).hasCauseInstanceOf(ClientClosed.class);
  }

  @Test
  void close_whileTheNetworkIsSilent_doesNotWaitLong() throws Exception {
    SignalboxClient client = remoteClient(ofMinutes(1));
    Permit permit = client.semaphores().open("a").acquire();
    network().silence();
    long start = System.nanoTime();
    client.close();
    assertThat(System.nanoTime() - start).isLessThan(ofSeconds(5).toNanos());
    assertThat(permit.isHeld()).isFalse();
  }

  @Test
  void orderlyEndOfTheJvm_closesTheClient() throws Exception {
    assertThat(countAfterTheEndOfAHolder(true)).isEqualTo(4);
  }

  @Test
  void orderlyEndOfTheJvm_leavesAClientAloneThatWasToldSo() throws Exception {
    assertThat(countAfterTheEndOfAHolder(false)).isEqualTo(2);
  }

  private long countAfterTheEndOfAHolder(boolean closeAtExit) throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        new ProcessBuilder(
                java,
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                target(),
                Boolean.toString(closeAtExit))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(out.readLine()).isEqualTo("held");
      assertThat(observed.info().count()).isEqualTo(2);
      process.getOutputStream().close();
      assertThat(process.waitFor()).isEqualTo(3);
      return observed.info().count();
    } finally {
      process.destroyForcibly();
    }
  }

  /** Acquires, and when its standard input ends exits without closing anything. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] args) throws Exception {
      SignalboxClient client =
          SignalboxClient.builder()
              .target(args[0])
              .lease(ofMinutes(10))
              .closeAtExit(Boolean.parseBoolean(args[1]))
              .build();
      Permit permit = client.semaphores().open("a").acquire(2);
      System.out.println(permit.isHeld() ? "held" : "not held");
      System.in.readAllBytes();
      System.exit(3);
    }
  }
}
