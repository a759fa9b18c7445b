package dev.signalbox.examples.mainjob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
  @Test
  void parse_ofNothing_isTheDefaultRunOnTheCurrentDirectory() throws CommandLine.Impossible {
    JobOptions options = CommandLine.parse(List.of());
    assertThat(options.directory()).isEqualTo(Path.of("").toAbsolutePath());
    assertThat(options.max()).isEqualTo(4);
    assertThat(options.workers()).isEqualTo(3);
    assertThat(options.recoveryLimit()).isEqualTo(Duration.ofSeconds(4));
  }

  @Test
  void parse_ofEveryOption_takesEach(@TempDir Path directory) throws CommandLine.Impossible {
    List<String> arguments =
        List.of(
            "--max=2",
            "--workers=5",
            "--threads=3",
            "--lease=1500ms",
            "--recovery=stream",
            "--work=2G",
            "--per-file=16K",
            "--json",
            directory.toString());
    assertThat(CommandLine.parse(arguments))
        .isEqualTo(
            new JobOptions(
                directory,
                2,
                5,
                3,
                Duration.ofMillis(1500),
                Recovery.STREAM,
                2L << 30,
                16L << 10,
                true));
  }

  @Test
  void recoveryLimit_withTheStream_isTwoHundredMilliseconds() throws CommandLine.Impossible {
    JobOptions options = CommandLine.parse(List.of("--recovery=stream", "--lease=9s"));
    assertThat(options.recoveryLimit()).isEqualTo(Duration.ofMillis(200));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--max=0", "--max=x", "--max", "--workers=1", "--threads=1000", "--lease=0s", "--lease=11m",
        "--lease=3", "--recovery=never", "--work=0", "--work=1T", "--per-file=", "--colour=red",
            "-x",
        "no/such/directory", "pom.xml"
      })
  void parse_ofTheImpossible_namesTheArgumentInOneLine(String argument) {
    assertThatThrownBy(() -> CommandLine.parse(List.of(argument)))
        .isInstanceOf(CommandLine.Impossible.class)
        .hasMessageStartingWith(argument + ": ")
        .hasMessageNotContaining("\n");
  }
}
