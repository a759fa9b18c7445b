package dev.signalbox.cli;

import dev.signalbox.client.SignalboxClient;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prolongs the life of a grant. */
@Command(
    name = "renew",
    description = {"Begin the lease of a grant anew.", "Exits with 79 if it is no longer held."})
final class RenewCommand extends ClientCommand {
  @Parameters(paramLabel = "GRANT", description = "The id that 'acquire' printed")
  private String grant = "";

  RenewCommand(Signalbox app) {
    super(app);
  }

  @Override
  int run(SignalboxClient client) throws InterruptedException {
    Duration lease = client.standaloneGrants().renew(grant);
    output()
        .print(
            () -> "renewed for " + AsText.time(lease),
            () -> AsJson.of("grant", grant, "leaseMillis", lease.toMillis()));
    return ExitCode.OK;
  }
}
