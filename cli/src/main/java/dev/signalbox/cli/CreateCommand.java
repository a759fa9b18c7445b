package dev.signalbox.cli;

import dev.signalbox.client.EventSpec;
import dev.signalbox.client.IfExists;
import dev.signalbox.client.MutexSpec;
import dev.signalbox.client.ObjectKind;
import dev.signalbox.client.Refill;
import dev.signalbox.client.RemoteObject;
import dev.signalbox.client.SemaphoreInfo;
import dev.signalbox.client.SemaphoreSpec;
import dev.signalbox.client.SignalboxClient;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Creates a semaphore, a mutex or an event, or opens the one that has the name. */
@Command(
    name = "create",
    description = {
      "Create a semaphore, a mutex or an event.",
      "If the name exists it is opened, and stays as it is unless --if-exists says otherwise."
    })
final class CreateCommand extends ClientCommand {
  @Parameters(paramLabel = "NAME", description = "Its name; '/' separates levels")
  private String name = "";

  @Option(names = "--kind", description = "semaphore (the default), mutex or event")
  private ObjectKind kind = ObjectKind.SEMAPHORE;

  @Option(names = "--max", paramLabel = "N", description = "Permits of a semaphore; required")
  private @Nullable Integer max;

  @Option(
      names = "--initial",
      paramLabel = "N",
      description = "Permits at birth (default: max); of an event 1 for set (default: 0)")
  private @Nullable Integer initial;

  @Option(names = "--owner-only", description = "Only held permits can be released")
  private boolean ownerOnly;

  @Option(names = "--numbered", description = "Permits have slots and epochs, to fence with")
  private boolean numbered;

  @Option(
      names = "--refill",
      paramLabel = "N/TIME",
      converter = RefillConverter.class,
      description = "So many permits come back by the clock, such as 100/1s; all are consumed")
  private @Nullable Refill refill;

  @Option(names = "--manual-reset", description = "Of an event: it stays set until it is reset")
  private boolean manualReset;

  @Option(
      names = "--idle-ttl",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description = "Delete it when it was idle for so long")
  private @Nullable Duration idleTtl;

  @Option(
      names = "--if-exists",
      description =
          "If the name exists otherwise configured: open (the default, keep it), fail or update")
  private IfExists ifExists = IfExists.OPEN;

  CreateCommand(Signalbox app) {
    super(app);
  }

  @Override
  int run(SignalboxClient client) throws InterruptedException {
    RemoteObject made =
        switch (kind) {
          case SEMAPHORE -> client.semaphores().create(name, semaphore());
          case MUTEX -> client.mutexes().create(name, mutex());
          case EVENT -> client.events().create(name, event());
        };
    SemaphoreInfo info = Named.info(made, 0);
    boolean created = !made.alreadyExisted();
    output()
        .print(
            () -> (created ? "created " : "existed already: ") + AsText.change(info),
            () -> {
              var json = AsJson.info(info);
              json.addProperty("created", created);
              return json;
            });
    return ExitCode.OK;
  }

  private SemaphoreSpec semaphore() {
    refuse(manualReset, "--manual-reset", "an event");
    if (max == null) {
      throw new Failures.Misuse("--max N is missing: how many permits shall there be?");
    }
    SemaphoreSpec spec = SemaphoreSpec.max(max).ifExists(ifExists);
    spec = initial == null ? spec : spec.initial(initial);
    spec = ownerOnly ? spec.ownerOnly() : spec;
    spec = numbered ? spec.numbered() : spec;
    spec = refill == null ? spec : spec.refill(refill.permits(), refill.period());
    return idleTtl == null ? spec : spec.idleTtl(idleTtl);
  }

  private MutexSpec mutex() {
    refuse(initial != null, "--initial", "a semaphore or an event");
    refuse(manualReset, "--manual-reset", "an event");
    refuseTraitsOfSemaphores();
    MutexSpec spec = MutexSpec.unowned().ifExists(ifExists);
    return idleTtl == null ? spec : spec.idleTtl(idleTtl);
  }

  private EventSpec event() {
    refuse(initial != null && initial != 0 && initial != 1, "--initial of 0 or 1 only", "an event");
    refuseTraitsOfSemaphores();
    EventSpec spec = manualReset ? EventSpec.manualReset() : EventSpec.autoReset();
    spec = initial != null && initial == 1 ? spec.initiallySet() : spec;
    spec = spec.ifExists(ifExists);
    return idleTtl == null ? spec : spec.idleTtl(idleTtl);
  }

  private void refuseTraitsOfSemaphores() {
    refuse(max != null, "--max", "a semaphore");
    refuse(ownerOnly, "--owner-only", "a semaphore");
    refuse(numbered, "--numbered", "a semaphore");
    refuse(refill != null, "--refill", "a semaphore");
  }

  private static void refuse(boolean given, String option, String whose) {
    if (given) {
      throw new Failures.Misuse(option + " belongs to " + whose);
    }
  }
}
