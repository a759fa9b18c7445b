package dev.signalbox.systemtests.chaos;

import dev.signalbox.client.fixtures.FaultyNetwork;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ways to a server whose connections break at random moments, some after a silence in which
 * everything is lost. A new connection is always welcome.
 */
final class BadNetwork implements AutoCloseable {
  private static final int LONGEST_PEACE_MILLIS = 200;

  /** One fault of so many is a silence, which lasts until the next cut of the same way. */
  private static final int SILENCES = 8;

  private final List<FaultyNetwork> ways = new ArrayList<>();
  private final SplittableRandom random;
  private final AtomicInteger cuts = new AtomicInteger();
  private final ScheduledExecutorService saboteur = Executors.newSingleThreadScheduledExecutor();

  BadNetwork(int port, int ways, SplittableRandom random) throws IOException {
    this.random = random;
    for (int i = 0; i < ways; i++) {
      this.ways.add(FaultyNetwork.to(port));
    }
    scheduleFault();
  }

  String target(int way) {
    return ways.get(way).target();
  }

  /** How often a way was cut. */
  int cuts() {
    return cuts.get();
  }

  @Override
  public void close() {
    saboteur.shutdownNow();
    ways.forEach(FaultyNetwork::close);
  }

  @SuppressWarnings("FutureReturnValueIgnored")
  private void scheduleFault() {
    saboteur.schedule(this::fault, random.nextInt(LONGEST_PEACE_MILLIS), TimeUnit.MILLISECONDS);
  }

  private void fault() {
    FaultyNetwork way = ways.get(random.nextInt(ways.size()));
    if (random.nextInt(SILENCES) == 0) {
      way.silence();
    } else {
      way.cut();
      way.restore();
      cuts.incrementAndGet();
    }
    scheduleFault();
  }
}
