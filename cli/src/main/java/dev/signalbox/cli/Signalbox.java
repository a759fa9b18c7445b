package dev.signalbox.cli;

import dev.signalbox.client.SignalboxClient;
import dev.signalbox.client.SignalboxClientBuilder;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command without a word behind it, and the options that every word takes. */
@Command(
    name = "signalbox",
    mixinStandardHelpOptions = true,
    versionProvider = Signalbox.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description = "Named semaphores, mutexes and events of a Signalbox service.",
    footer = {
      "",
      "Exit codes: 0 done; 1 refused or failed; 2 bad usage; 69 no server answered; 75 not"
          + " acquired in time; 79 the permits were lost; otherwise of 'run' the command's own."
    })
final class Signalbox implements Runnable {
  private final Output output;

  @Option(
      names = "--target",
      scope = ScopeType.INHERIT,
      split = ",",
      paramLabel = "HOST:PORT",
      defaultValue = "${env:SIGNALBOX_TARGET:-localhost:7600}",
      description =
          "A server; repeat it, or separate with commas, for a cluster."
              + " Default: ${DEFAULT-VALUE} (from SIGNALBOX_TARGET if that is set)")
  private List<String> targets = List.of();

  @Option(
      names = "--timeout",
      scope = ScopeType.INHERIT,
      paramLabel = "TIME",
      defaultValue = "10s",
      converter = TimeConverter.class,
      description = "How long to look for a server that answers. Default: ${DEFAULT-VALUE}")
  private Duration timeout = Duration.ZERO;

  @Option(
      names = "--client-name",
      scope = ScopeType.INHERIT,
      paramLabel = "NAME",
      description = "Who this is, in listings. Default: cli-<pid>@<host>")
  private String clientName = "";

  Signalbox(Output output) {
    this.output = output;
  }

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "Print JSON, one object a line")
  void json(boolean chosen) {
    output.setJson(chosen);
  }

  Output output() {
    return output;
  }

  /** A client as asked for, which starts to connect. */
  SignalboxClient connect() {
    return builder().build();
  }

  /** A client as asked for, in the making. */
  SignalboxClientBuilder builder() {
    return SignalboxClient.builder()
        .targets(targets)
        .patience(timeout)
        .clientName(clientName.isEmpty() ? ClientName.ofThisProcess() : clientName);
  }

  @Override
  public void run() {
    throw new Failures.Misuse("a command is missing; signalbox --help lists them");
  }

  /** The version that was built. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Signalbox.class.getPackage().getImplementationVersion();
      return new String[] {"signalbox " + (version == null ? "(unpackaged)" : version)};
    }
  }
}
