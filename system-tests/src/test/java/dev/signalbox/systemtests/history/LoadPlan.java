package dev.signalbox.systemtests.history;

import dev.signalbox.client.RemoteSemaphore;
import dev.signalbox.client.SemaphoreSpec;
import dev.signalbox.client.SignalboxClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The semaphores of a load. The first group is held and never signalled, so that grants can be
 * counted against max; the second is signalled and consumed from one by one, so that every previous
 * count has to fit.
 */
final class LoadPlan {
  static final List<String> HELD = List.of("load/one", "load/three", "load/eight", "load/slots");
  static final List<String> SIGNALLED =
      List.of("load/signal-a", "load/signal-b", "load/signal-c", "load/signal-d");

  /** All of them. */
  static final List<Line.Semaphore> SEMAPHORES =
      List.of(
          new Line.Semaphore("load/one", 1, 1, false, false),
          new Line.Semaphore("load/three", 3, 3, false, false),
          new Line.Semaphore("load/eight", 8, 8, false, false),
          new Line.Semaphore("load/slots", 4, 4, false, true),
          new Line.Semaphore("load/signal-a", 3, 0, true, false),
          new Line.Semaphore("load/signal-b", 4, 2, true, false),
          new Line.Semaphore("load/signal-c", 6, 6, true, false),
          new Line.Semaphore("load/signal-d", 20, 10, true, false));

  private LoadPlan() {}

  static int max(String name) {
    return SEMAPHORES.stream()
        .filter(semaphore -> semaphore.name().equals(name))
        .findFirst()
        .orElseThrow()
        .max();
  }

  /** Creates the semaphores, or opens them where they exist. */
  static Map<String, RemoteSemaphore> open(SignalboxClient client) throws InterruptedException {
    Map<String, RemoteSemaphore> opened = new HashMap<>();
    for (Line.Semaphore semaphore : SEMAPHORES) {
      SemaphoreSpec spec = SemaphoreSpec.max(semaphore.max()).initial(semaphore.initial());
      RemoteSemaphore one =
          client
              .semaphores()
              .create(semaphore.name(), semaphore.numbered() ? spec.numbered() : spec);
      opened.put(semaphore.name(), one);
    }
    return opened;
  }
}
