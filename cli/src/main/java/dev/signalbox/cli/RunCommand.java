package dev.signalbox.cli;

import dev.signalbox.cli.run.CannotStart;
import dev.signalbox.cli.run.Child;
import dev.signalbox.cli.run.GrantEnvironment;
import dev.signalbox.cli.run.GuardedRun;
import dev.signalbox.client.Permit;
import dev.signalbox.client.SignalboxClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a command while it holds permits. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    customSynopsis = "signalbox run [OPTIONS] NAME -- COMMAND [ARGUMENTS...]",
    description = {
      "Run a command while holding permits.",
      "They are given back at once when it ends. Standard input, output, signals and the exit code"
          + " are the command's own.",
      "If the lease is about to be lost, the command is stopped before anybody else can get the"
          + " permits: told to end (SIGTERM), then killed with all its descendants.",
      "The command finds SIGNALBOX_GRANT and, of numbered semaphores and mutexes, SIGNALBOX_SLOT,"
          + " SIGNALBOX_EPOCH, SIGNALBOX_SLOTS and SIGNALBOX_EPOCHS in its environment."
    },
    footer = {
      "",
      "Exit codes: the command's own; 128 and the number of the signal that ended it; 75 not"
          + " acquired in time; 79 the permits were lost and the command was stopped; 126, 127 it"
          + " could not be started; 69 no server answered; 1 refused; 2 bad usage."
    })
final class RunCommand implements Callable<Integer> {
  private final Signalbox app;

  @Mixin private final WantedOptions wanted = new WantedOptions();

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "COMMAND",
      description = "What to run, with its arguments, behind '--'")
  private List<String> command = List.of();

  @Option(
      names = "--lease",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      defaultValue = "15s",
      description =
          "How long the service keeps the permits without hearing from here: 1s to 10m. Default:"
              + " ${DEFAULT-VALUE}")
  private Duration lease = Duration.ZERO;

  @Option(
      names = "--grace",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      defaultValue = "5s",
      description =
          "Between SIGTERM and SIGKILL, where the permits were taken away by somebody. Default:"
              + " ${DEFAULT-VALUE}")
  private Duration grace = Duration.ZERO;

  RunCommand(Signalbox app) {
    this.app = app;
  }

  @Override
  public Integer call() throws InterruptedException {
    Child child = new Child(command, System::exit);
    child.takeSignals();
    child.prepare();
    try (SignalboxClient client = app.builder().lease(lease).build()) {
      Optional<Permit> permit = new Queueing(client, wanted, app.output()::say).acquire();
      if (permit.isEmpty()) {
        app.output().say(wanted.notGranted());
        return ExitCode.NOT_NOW;
      }
      return run(client, permit.get(), child);
    }
  }

  private int run(SignalboxClient client, Permit permit, Child child) throws InterruptedException {
    // The command first: whatever else there is to set up can be done beside it.
    try (permit) {
      if (!permit.id().isEmpty()) {
        permit.ensureHeld();
      }
      child.start(GrantEnvironment.of(permit));
      try (GuardedRun run = new GuardedRun(client, permit, lease, grace, app.output()::say)) {
        return run.await(child) ? ExitCode.LOST : child.exitCode();
      }
    } catch (CannotStart e) {
      app.output().say(String.valueOf(e.getMessage()));
      return e.exitCode();
    }
  }
}
