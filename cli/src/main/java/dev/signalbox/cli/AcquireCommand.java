package dev.signalbox.cli;

import dev.signalbox.client.SignalboxClient;
import dev.signalbox.client.StandaloneGrant;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Acquires for whoever called, and leaves. */
@Command(
    name = "acquire",
    description = {
      "Acquire permits and print the id of the grant.",
      "It is for 'renew' and 'release --grant'. Nobody watches over such a grant: it lives for its lease. To hold permits while a command"
          + " runs, use 'run'. What is consumed, or an event, leaves nothing to give back, and"
          + " nothing is printed."
    })
final class AcquireCommand extends ClientCommand {
  @Mixin private final WantedOptions wanted = new WantedOptions();

  @Option(
      names = "--lease",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      defaultValue = "60s",
      description =
          "How long the grant lives without a 'renew': 1s to 10m. Default: ${DEFAULT-VALUE}")
  private Duration lease = Duration.ZERO;

  @Option(names = "--consume", description = "Use the permits up; nobody gives them back")
  private boolean consume;

  AcquireCommand(Signalbox app) {
    super(app);
  }

  @Override
  int run(SignalboxClient client) throws InterruptedException {
    var acquire = wanted.acquire(client, 0);
    Optional<StandaloneGrant> granted =
        client.standaloneGrants().acquire(consume ? acquire.consume() : acquire, lease);
    granted.ifPresentOrElse(this::print, this::printNothing);
    return granted.isPresent() ? ExitCode.OK : ExitCode.NOT_NOW;
  }

  private void print(StandaloneGrant grant) {
    output().print(grant::id, () -> AsJson.granted(grant.id(), grant.parts(), lease));
  }

  private void printNothing() {
    output().print(() -> "", () -> AsJson.of("granted", false));
    output().say(wanted.notGranted());
  }
}
