package dev.signalbox.systemtests.chaos;

import dev.signalbox.systemtests.process.TcpProxy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ways to a server whose connections break at random moments; a new connection is always welcome.
 */
final class BadNetwork implements AutoCloseable {
  private static final int LONGEST_PEACE_MILLIS = 200;

  private final List<TcpProxy> ways = new ArrayList<>();
  private final SplittableRandom random;
  private final AtomicInteger cuts = new AtomicInteger();
  private final ScheduledExecutorService saboteur = Executors.newSingleThreadScheduledExecutor();

  BadNetwork(int port, int ways, SplittableRandom random) throws IOException {
    this.random = random;
    for (int i = 0; i < ways; i++) {
      this.ways.add(TcpProxy.to("127.0.0.1:" + port));
    }
    scheduleCut();
  }

  String target(int way) {
    return ways.get(way).target();
  }

  /** How many connections were cut. */
  int cuts() {
    return cuts.get();
  }

  @Override
  public void close() {
    saboteur.shutdownNow();
    ways.forEach(TcpProxy::close);
  }

  @SuppressWarnings("FutureReturnValueIgnored")
  private void scheduleCut() {
    saboteur.schedule(this::cut, random.nextInt(LONGEST_PEACE_MILLIS), TimeUnit.MILLISECONDS);
  }

  private void cut() {
    cuts.addAndGet(ways.get(random.nextInt(ways.size())).breakConnections());
    scheduleCut();
  }
}
