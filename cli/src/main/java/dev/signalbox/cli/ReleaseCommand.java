package dev.signalbox.cli;

import com.google.gson.JsonObject;
import dev.signalbox.client.ReleaseItem;
import dev.signalbox.client.ReleaseResult;
import dev.signalbox.client.RemoteEvent;
import dev.signalbox.client.RemoteMutex;
import dev.signalbox.client.RemoteObject;
import dev.signalbox.client.RemoteSemaphore;
import dev.signalbox.client.SignalboxClient;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Gives a grant back, or signals. */
@Command(
    name = "release",
    description = {
      "Give back a grant, signal a semaphore or set an event.",
      "A signal releases permits that need not be held, and prints the previous count.",
      "Exits with 79 if the grant was no longer held: then nothing changed."
    })
final class ReleaseCommand extends ClientCommand {
  /** One or the other. */
  static final class What {
    @Parameters(paramLabel = "NAME", description = "The semaphore to signal, or the event to set")
    private @Nullable String name;

    @Option(names = "--grant", paramLabel = "ID", description = "The id that 'acquire' printed")
    private @Nullable String grant;
  }

  @ArgGroup(multiplicity = "1")
  private What what = new What();

  @Option(names = "--permits", paramLabel = "N", description = "How many to signal. Default: 1")
  private @Nullable Integer permits;

  ReleaseCommand(Signalbox app) {
    super(app);
  }

  @Override
  int run(SignalboxClient client) throws InterruptedException {
    String name = what.name;
    return name == null ? giveBack(client, String.valueOf(what.grant)) : signal(client, name);
  }

  private int giveBack(SignalboxClient client, String grant) throws InterruptedException {
    if (permits != null) {
      throw new Failures.Misuse("--permits belongs to a NAME; a grant is given back as a whole");
    }
    ReleaseResult result = client.release(List.of(ReleaseItem.giveBack(grant))).get(0);
    output().print(() -> result.released() ? "released" : "", () -> json(result));
    if (!result.released()) {
      output().say("the grant was no longer held" + why(result) + "; nothing changed");
    }
    return result.released() ? ExitCode.OK : ExitCode.LOST;
  }

  private static String why(ReleaseResult result) {
    return result
        .notHeldBecause()
        .map(reason -> " (" + reason.name().toLowerCase(Locale.ROOT).replace('_', ' ') + ")")
        .orElse("");
  }

  private int signal(SignalboxClient client, String name) throws InterruptedException {
    int number = permits == null ? 1 : permits;
    RemoteObject object = Named.open(client, name);
    int previous = signal(object, number);
    output()
        .print(
            () -> Integer.toString(previous),
            () -> AsJson.of("released", true, "previousCount", previous));
    return ExitCode.OK;
  }

  private static int signal(RemoteObject object, int number) throws InterruptedException {
    if (object instanceof RemoteSemaphore semaphore) {
      return semaphore.release(number).previousCount();
    } else if (object instanceof RemoteMutex mutex) {
      return mutex.release().previousCount();
    } else if (number != 1) {
      throw new Failures.Misuse("--permits of an event can only be 1");
    }
    return ((RemoteEvent) object).set() ? 1 : 0;
  }

  private static JsonObject json(ReleaseResult result) {
    return result.released()
        ? AsJson.of("released", true, "previousCount", result.previousCount())
        : AsJson.of(
            "released", false, "reason", result.notHeldBecause().map(Enum::name).orElse(""));
  }
}
