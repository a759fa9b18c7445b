package dev.signalbox.cli;

import com.google.gson.JsonObject;
import dev.signalbox.client.RemoteObject;
import dev.signalbox.client.SemaphoreInfo;
import dev.signalbox.client.SignalboxClient;
import dev.signalbox.client.SignalboxException.NotFound;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Looks again and again, and prints what has changed. */
@Command(
    name = "watch",
    description = {
      "Print what changes, until interrupted.",
      "A line for each object now, and whenever it has changed. It looks at intervals: what comes"
          + " and goes between two looks is not seen."
    })
final class WatchCommand extends ClientCommand {
  private static final Duration LEAST_INTERVAL = Duration.ofMillis(10);

  @Parameters(arity = "1..*", paramLabel = "NAME", description = "What to watch")
  private List<String> names = List.of();

  @Option(
      names = "--interval",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      defaultValue = "1s",
      description = "From one look to the next, at least 10ms. Default: ${DEFAULT-VALUE}")
  private Duration interval = Duration.ZERO;

  WatchCommand(Signalbox app) {
    super(app);
  }

  @Override
  int run(SignalboxClient client) throws InterruptedException {
    if (interval.compareTo(LEAST_INTERVAL) < 0) {
      throw new Failures.Misuse("--interval must be at least 10ms");
    }
    List<RemoteObject> objects = new ArrayList<>();
    for (String name : names) {
      objects.add(Named.open(client, name));
    }
    Map<String, JsonObject> last = new HashMap<>();
    while (!objects.isEmpty()) {
      for (RemoteObject object : List.copyOf(objects)) {
        look(object, objects, last);
      }
      TimeUnit.NANOSECONDS.sleep(interval.toNanos());
    }
    return ExitCode.OK;
  }

  /** What is deleted is watched no longer. */
  private void look(RemoteObject object, List<RemoteObject> objects, Map<String, JsonObject> last)
      throws InterruptedException {
    try {
      SemaphoreInfo info = Named.info(object, 0);
      JsonObject json = AsJson.info(info);
      if (!json.equals(last.put(object.name(), json))) {
        output().print(() -> now() + " " + AsText.change(info), () -> json);
      }
    } catch (NotFound e) {
      objects.remove(object);
      String name = object.name();
      output()
          .print(
              () -> now() + " " + name + ": deleted",
              () -> AsJson.of("name", name, "deleted", true));
    }
  }

  private static LocalTime now() {
    return LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.MILLIS);
  }
}
