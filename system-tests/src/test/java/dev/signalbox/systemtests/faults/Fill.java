package dev.signalbox.systemtests.faults;

import dev.signalbox.client.SemaphoreSpec;
import dev.signalbox.client.Semaphores;
import dev.signalbox.client.SignalboxClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Many semaphores that nobody uses. */
final class Fill {
  private static final int AT_ONCE = 10_000;

  private Fill() {}

  /** Creates so many. */
  static void semaphores(String target, int number) throws InterruptedException {
    try (SignalboxClient client = SignalboxClient.builder().target(target).build()) {
      Semaphores semaphores = client.semaphores();
      for (int from = 0; from < number; from += AT_ONCE) {
        List<CompletableFuture<?>> made = new ArrayList<>();
        for (int i = from; i < Math.min(number, from + AT_ONCE); i++) {
          made.add(semaphores.createAsync("unused/" + i, SemaphoreSpec.max(1 + i % 100)));
        }
        CompletableFuture.allOf(made.toArray(CompletableFuture[]::new)).join();
      }
    }
  }
}
