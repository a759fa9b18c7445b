package dev.signalbox.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MainTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void help_andVersion_areAnswered() {
    assertThat(run("--help")).isZero();
    assertThat(run("--version")).isZero();

    assertThat(text(out)).contains("--client-port=N").contains("signalbox-server 0.");
    assertThat(text(err)).isEmpty();
  }

  @Test
  void impossibleOption_stopsTheStart_withOneLineAndExitCodeTwo() {
    assertThat(run("--client-port=x")).isEqualTo(2);

    assertThat(text(err).lines()).singleElement().asString().contains("--client-port");
    assertThat(text(out)).isEmpty();
  }

  @Test
  void mistakeInTheRateLimits_stopsTheStart_withOneLineAndExitCodeTwo() {
    assertThat(run("--log=volatile", "--rate-limits=no/such/file")).isEqualTo(2);

    assertThat(text(err).lines())
        .singleElement()
        .asString()
        .contains("--rate-limits: " + Path.of("no/such/file") + ": does not exist");
  }

  @Test
  void takenPort_stopsTheStart_withOneLineAndExitCodeOne() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(run("--client-port=" + taken.getLocalPort())).isEqualTo(1);

      assertThat(text(err).lines())
          .singleElement()
          .asString()
          .contains("cannot listen on 127.0.0.1:" + taken.getLocalPort());
    }
  }

  @Test
  void unusableAddress_stopsTheStart_withOneLineAndExitCodeOne() {
    assertThat(run("--listen=no.such.host.invalid", "--client-port=0")).isEqualTo(1);

    assertThat(text(err).lines()).singleElement().asString().contains("no.such.host.invalid");
  }

  @Test
  void clusterCommand_thatIsNotUnderstood_exitsWithTwo_andSaysWhy() {
    for (String words :
        List.of("fly", "status now", "add", "add n2", "remove", "replace n2", "transfer a b")) {
      List<String> args = new ArrayList<>(List.of("cluster"));
      args.addAll(List.of(words.split(" ")));
      assertThat(run(args.toArray(String[]::new))).as(words).isEqualTo(2);
    }
    assertThat(text(err).lines()).hasSize(7).allMatch(line -> line.startsWith("signalbox-server"));
    assertThat(run("cluster")).isEqualTo(2);
    assertThat(run("cluster", "--help")).isZero();
    assertThat(text(out)).contains("replace ID NODE");
  }

  @Test
  void clusterCommand_thatNobodyAnswers_exitsWithOne() {
    assertThat(run("cluster", "remove", "n2", "--target=127.0.0.1:1")).isEqualTo(1);
    assertThat(run("cluster", "status", "--target=127.0.0.1:1")).isEqualTo(1);
    assertThat(text(err)).contains("no answer");
  }

  @Test
  void joiningWithoutAnAddress_isRefused() {
    assertThat(run("--log=durable", "--join", "--client-port=0")).isEqualTo(2);
    assertThat(text(err)).contains("--join needs --peers=n1=HOST:PORT");
  }

  @Test
  void healthCheck_ofARunningServer_exitsWithZero() {
    try (TestServer server = TestServer.start()) {
      int port = server.server().port();
      assertThat(run("--health-check", "--client-port=" + port)).isZero();
      assertThat(run("--health-check", "--client-port=" + port, "--listen=0.0.0.0")).isZero();
      assertThat(run("--health-check=127.0.0.1:" + port)).isZero();
    }
    assertThat(text(err)).isEmpty();
  }

  @Test
  void healthCheck_ofNobody_exitsWithOne() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    assertThat(run("--health-check=127.0.0.1:" + port)).isEqualTo(1);

    assertThat(text(err).lines()).singleElement().asString().contains("does not answer");
  }

  private int run(String... args) {
    return Main.run(
        List.of(args),
        Map.of("SIGNALBOX_LOG", "volatile"),
        new PrintStream(out, true),
        new PrintStream(err, true));
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
