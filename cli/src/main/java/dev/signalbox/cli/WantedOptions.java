package dev.signalbox.cli;

import dev.signalbox.client.Acquire;
import dev.signalbox.client.RemoteObject;
import dev.signalbox.client.SignalboxClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What to acquire. */
final class WantedOptions {
  @Parameters(index = "0", paramLabel = "NAME", description = "A semaphore, a mutex or an event")
  private String name = "";

  @Option(
      names = "--permits",
      paramLabel = "N",
      description = "How many permits of NAME. Default: ${DEFAULT-VALUE}")
  private int permits = 1;

  @Option(
      names = "--and",
      paramLabel = "NAME[=N]",
      converter = Share.Converter.class,
      description =
          "So many permits (default: 1) of another one as well, in one atomic grant; may be"
              + " repeated, within one namespace")
  private List<Share> others = new ArrayList<>();

  @Option(
      names = "--wait",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description = "Wait at most so long, 0 not at all. Default: for ever")
  private @Nullable Duration wait;

  /** The acquire, of objects that must exist, by one who has waited so long already. */
  Acquire acquire(SignalboxClient client, long waitedNanos) throws InterruptedException {
    List<Acquire.Part> parts = new ArrayList<>();
    parts.add(part(client, new Share(name, permits)));
    for (Share other : others) {
      parts.add(part(client, other));
    }
    Acquire acquire = Acquire.allOf(parts.toArray(Acquire.Part[]::new));
    return wait == null ? acquire : acquire.within(rest(wait, waitedNanos));
  }

  private static Duration rest(Duration wait, long waitedNanos) {
    Duration rest = wait.minusNanos(waitedNanos);
    return rest.isNegative() ? Duration.ZERO : rest;
  }

  private static Acquire.Part part(SignalboxClient client, Share share)
      throws InterruptedException {
    RemoteObject object = Named.open(client, share.name());
    return new Acquire.Part(object, share.permits());
  }

  /** What to say if it was not granted. */
  String notGranted() {
    String within = wait == null || wait.isZero() ? "" : " within " + AsText.time(wait);
    return "not acquired"
        + within
        + ": "
        + name
        + (others.isEmpty() ? " is" : " or one of the others is")
        + " in use; 'signalbox get' shows by whom";
  }
}
