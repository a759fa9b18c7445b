package dev.signalbox.benchmarks.load;

import dev.signalbox.client.Permit;
import dev.signalbox.client.RemoteSemaphore;
import dev.signalbox.client.SemaphoreSpec;
import dev.signalbox.client.SignalboxClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * W9: one permit that goes from waiter to waiter, each of which queues again at the end: so the
 * queue keeps its length. The three queues stand beside each other, and take turns.
 */
final class LongQueue implements Alone {
  private static final int SESSIONS = 4;
  private static final int TURNS = 3;

  @Override
  public String id() {
    return "W9";
  }

  @Override
  public boolean suits(String log) {
    return log.equals("volatile");
  }

  @Override
  public int rounds(int asked) {
    return 1;
  }

  @Override
  public void run(String log, Duration time, Sink sink) throws Exception {
    List<SignalboxClient> clients = new ArrayList<>();
    try (SignalboxService service = SignalboxService.start(log)) {
      for (int i = 0; i < SESSIONS; i++) {
        clients.add(Signalbox.client(service.endpoint(), Life.LONG));
      }
      Queue few = new Queue(clients, 10);
      Queue some = new Queue(clients, 1_000);
      Queue many = new Queue(clients, 100_000);
      for (int turn = -TURNS; turn < TURNS; turn++) {
        Sink counted = turn < 0 ? (metric, value) -> {} : sink;
        few.turn(service, time, counted, Metric.W9_10, Optional.of(Metric.W9_SERVER_10));
        some.turn(service, time, counted, Metric.W9_1000, Optional.empty());
        many.turn(service, time, counted, Metric.W9_100000, Optional.of(Metric.W9_SERVER_100000));
      }
    } finally {
      clients.forEach(SignalboxClient::close);
    }
  }

  private static final class Queue {
    private final List<RemoteSemaphore> handles = new ArrayList<>();
    private final BlockingQueue<Permit> paused = new LinkedBlockingQueue<>();
    private final Holders holders;
    private Permit holding;
    private volatile boolean running;
    private final AtomicLong releases = new AtomicLong();

    Queue(List<SignalboxClient> clients, int length) throws InterruptedException {
      String name = "load/queue-" + length;
      holders = new Holders(name, 1);
      for (SignalboxClient client : clients) {
        handles.add(client.semaphores().create(name, SemaphoreSpec.max(1)));
      }
      holding = handles.get(0).acquire();
      holders.enter();
      for (int i = 0; i < length; i++) {
        queue(handles.get(i % SESSIONS));
      }
      while (handles.get(0).info().waiting() < length) {
        Thread.onSpinWait(); // each look is a round trip
      }
    }

    void turn(
        SignalboxService service, Duration time, Sink sink, Metric each, Optional<Metric> server)
        throws InterruptedException {
      releases.set(0);
      running = true;
      double before = micros(service);
      long start = System.nanoTime();
      pass(holding);
      Thread.sleep(time.toMillis());
      running = false;
      Permit last = paused.poll(1, TimeUnit.MINUTES);
      if (last == null) {
        throw new IllegalStateException("nobody was granted the permit");
      }
      holding = last;
      double count = releases.doubleValue();
      sink.add(each, (System.nanoTime() - start) / 1e3 / count);
      server.ifPresent(metric -> sink.add(metric, (micros(service) - before) / count));
    }

    private void queue(RemoteSemaphore handle) {
      var unused = handle.acquireAsync().thenAccept(permit -> granted(handle, permit));
    }

    private void granted(RemoteSemaphore handle, Permit permit) {
      holders.enter();
      queue(handle);
      if (running) {
        pass(permit);
      } else {
        paused.add(permit);
      }
    }

    private void pass(Permit permit) {
      holders.leave();
      releases.incrementAndGet();
      permit.close();
    }

    private static double micros(SignalboxService service) {
      return service.processes().stream()
              .mapToDouble(
                  process -> process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos())
              .sum()
          / 1e3;
    }
  }
}
