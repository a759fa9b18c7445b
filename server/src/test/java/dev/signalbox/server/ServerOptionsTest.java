package dev.signalbox.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.server.core.Limits;
import dev.signalbox.server.replication.Member;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerOptionsTest {
  @TempDir private Path directory;

  @Test
  void withoutAnyOption_theDefaultsHold() {
    ServerOptions options = ServerOptions.parse(List.of(), Map.of());

    assertThat(options.clientPort()).isEqualTo(7600);
    assertThat(options.listen()).isEqualTo("127.0.0.1");
    assertThat(options.log()).isEqualTo("durable");
    assertThat(options.maxFrameBytes()).isEqualTo(1_048_576);
    assertThat(options.maxQueuedCommands()).isEqualTo(1_000_000);
    assertThat(options.limits()).isEqualTo(Limits.DEFAULT);
  }

  @Test
  void flags_winOverTheEnvironment_andThatOverTheFile() throws IOException {
    Path file = write("client-port=1001\nlisten=0.0.0.0\nmax-sessions=7\n");
    Map<String, String> environment =
        Map.of(
            "SIGNALBOX_CONFIG",
            file.toString(),
            "SIGNALBOX_CLIENT_PORT",
            "1002",
            "SIGNALBOX_MAX_SESSIONS",
            "8");
    ServerOptions options = ServerOptions.parse(List.of("--client-port=1003"), environment);

    assertThat(options.clientPort()).isEqualTo(1003);
    assertThat(options.limits().sessions()).isEqualTo(8);
    assertThat(options.listen()).isEqualTo("0.0.0.0");
  }

  @Test
  void builder_setsWhatTheFlagsSet() {
    Limits limits = new Limits(1, 2, 3, 4, 5, 6);
    ServerOptions options =
        ServerOptions.builder()
            .clientPort(1)
            .listen("::1")
            .maxFrameBytes(5_000)
            .maxQueuedCommands(9)
            .limits(limits)
            .build();

    assertThat(options.limits()).isEqualTo(limits);
    assertThat(options.clientPort()).isEqualTo(1);
    assertThat(options.listen()).isEqualTo("::1");
    assertThat(options.maxFrameBytes()).isEqualTo(5_000);
    assertThat(options.maxQueuedCommands()).isEqualTo(9);
  }

  @Test
  void rateLimits_areReadFromTheirFile_andThatIsNoneUnlessNamed() throws IOException {
    Path rules = Files.writeString(directory.resolve("limits.yaml"), "domain: a");

    assertThat(ServerOptions.parse(List.of(), Map.of()).rateLimits()).isNull();
    assertThat(ServerOptions.parse(List.of("--rate-limits="), Map.of()).rateLimits()).isNull();
    assertThat(
            ServerOptions.parse(List.of(), Map.of("SIGNALBOX_RATE_LIMITS", rules.toString()))
                .rateLimits())
        .isNotNull();
    assertThat(ServerOptions.builder().rateLimits(rules).build().rateLimits()).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--client-port=-1",
        "--client-port=65536",
        "--client-port=",
        "--client-port=http",
        "--client-port=1.5",
        "--client-port=99999999999999999999",
        "--listen=",
        "--listen= ",
        "--data-dir=",
        "--node-id=",
        "--peers=n1",
        "--peers=n1=",
        "--peers=n1=box:0",
        "--peers=n1=box:65536",
        "--peers=n1=box/",
        "--peers=n1=box/out",
        "--peers=n1=box/out:0",
        "--peers=n1=a,n1=b",
        "--peers=n1=a,,n2=b",
        "--join=",
        "--join=yes",
        "--log=",
        "--log=postgres",
        "--max-frame-bytes=4095",
        "--max-frame-bytes=1048577",
        "--max-sessions=0",
        "--max-sessions=-5",
        "--max-waiters=2147483648",
        "--config=",
        "--unknown=1",
        "--client-port",
        "--Client-Port=1",
        "--=1",
        "client-port=1",
        "-p=1",
        "run",
        ""
      })
  void unknownOrImpossibleOption_isRefusedWithOneLine(String flag) {
    assertThatThrownBy(() -> ServerOptions.parse(List.of(flag), Map.of()))
        .isInstanceOf(InvalidOption.class)
        .message()
        .isNotEmpty()
        .doesNotContain("\n")
        .contains(flag.startsWith("--") ? name(flag) : flag);
  }

  @Test
  void peers_areReadWithTheirPorts() {
    ServerOptions options =
        ServerOptions.parse(
            List.of("--node-id=n2", "--peers=n1=box1, n2=10.0.0.2:7700/sb.example.org:80"),
            Map.of());

    assertThat(options.durableLog().peers())
        .containsExactly(
            new Member("n1", "box1:7601", "box1:7600"),
            new Member("n2", "10.0.0.2:7700", "sb.example.org:80"));
  }

  @Test
  void nodeThatIsNoPeer_isRefused() {
    ServerOptions options = ServerOptions.parse(List.of("--peers=n2=a,n3=b"), Map.of());

    assertThatThrownBy(options::durableLog)
        .isInstanceOf(InvalidOption.class)
        .hasMessageContaining("'n1' is not one of --peers");
  }

  @Test
  void impossibleVariable_isRefused_andForeignOnesAreLeftAlone() {
    assertThatThrownBy(
            () -> ServerOptions.parse(List.of(), Map.of("SIGNALBOX_CLIENT_PORT", "tcp://1:2")))
        .isInstanceOf(InvalidOption.class)
        .hasMessageContaining("client-port");

    assertThat(
            ServerOptions.parse(List.of(), Map.of("SIGNALBOX_SERVICE_HOST", "10.0.0.1"))
                .clientPort())
        .isEqualTo(7600);
  }

  @Test
  void file_withAnUnknownOrImpossibleLine_isRefused() throws IOException {
    assertRefused(write("max-sesions=5"), "max-sesions");
    assertRefused(write("client-port=x"), "client-port");
    assertRefused(write("config=other"), "config");
    assertRefused(write("client-port=\\u12"), "cannot read");
    assertRefused(directory.resolve("missing"), "cannot read");
    assertRefused(directory, "cannot read");
  }

  @Test
  void help_listsEveryOptionWithItsDefault() {
    for (Option option : Option.values()) {
      assertThat(ServerOptions.help())
          .contains("--" + option.key() + "=")
          .contains(option.fallback());
    }
  }

  private void assertRefused(Path file, String message) {
    assertThatThrownBy(() -> ServerOptions.parse(List.of("--config=" + file), Map.of()))
        .isInstanceOf(InvalidOption.class)
        .hasMessageContaining(message);
  }

  private Path write(String text) throws IOException {
    return Files.writeString(Files.createTempFile(directory, "server", ".properties"), text);
  }

  private static String name(String flag) {
    int equals = flag.indexOf('=');
    return equals < 0 ? flag : flag.substring(2, equals);
  }
}
