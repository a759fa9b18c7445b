package dev.signalbox.benchmarks.load;

import dev.signalbox.v1.ClientFrame;
import dev.signalbox.v1.Open;
import dev.signalbox.v1.ServerFrame;
import dev.signalbox.v1.SessionServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * W10: sessions that only stay alive, by a heartbeat every third of the lease, as the SDK sends
 * them. They share ten connections, as so many sockets are more than one driver should open.
 */
final class IdleSessions implements Alone {
  private static final int SESSIONS = 10_000;
  private static final int CONNECTIONS = 10;
  private static final int LEASE_SECONDS = 15;
  private static final long TICK_MILLIS = 10;
  private static final int A_TICK =
      (int) (SESSIONS * TICK_MILLIS / TimeUnit.SECONDS.toMillis(LEASE_SECONDS / 3));
  private static final Duration SETTLING = Duration.ofSeconds(10);
  private static final Duration WATCHED = Duration.ofSeconds(20);

  private final List<Session> sessions = new ArrayList<>();
  private int next;

  @Override
  public String id() {
    return "W10";
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
    ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor();
    List<ManagedChannel> channels = new ArrayList<>();
    try (SignalboxService service = SignalboxService.start(log)) {
      for (int i = 0; i < CONNECTIONS; i++) {
        channels.add(
            NettyChannelBuilder.forTarget("dns:///" + service.endpoint()).usePlaintext().build());
      }
      openAll(channels);
      var unused = heart.scheduleAtFixedRate(this::beat, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
      Thread.sleep(SETTLING.toMillis());
      double before = cpuSeconds(service);
      long start = System.nanoTime();
      Thread.sleep(WATCHED.toMillis());
      double seconds = (System.nanoTime() - start) / 1e9;
      sink.add(Metric.W10_CPU, 100 * (cpuSeconds(service) - before) / seconds);
      checkAllLive();
    } finally {
      heart.shutdownNow();
      channels.forEach(ManagedChannel::shutdownNow);
    }
  }

  private void checkAllLive() {
    for (Session session : sessions) {
      if (session.failure.get() != null) {
        throw new IllegalStateException("a session was lost", session.failure.get());
      }
    }
  }

  private void openAll(List<ManagedChannel> channels) throws InterruptedException {
    CountDownLatch opened = new CountDownLatch(SESSIONS);
    for (int i = 0; i < SESSIONS; i++) {
      sessions.add(new Session(channels.get(i % CONNECTIONS), opened));
    }
    if (!opened.await(1, TimeUnit.MINUTES)) {
      throw new IllegalStateException(opened.getCount() + " sessions did not open");
    }
  }

  private void beat() {
    for (int i = 0; i < A_TICK; i++) {
      sessions.get(next).beat();
      next = (next + 1) % SESSIONS;
    }
  }

  private static double cpuSeconds(Service service) {
    return service.processes().get(0).info().totalCpuDuration().orElse(Duration.ZERO).toNanos()
        / 1e9;
  }

  private static final class Session implements StreamObserver<ServerFrame> {
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final CountDownLatch opened;
    private final StreamObserver<ClientFrame> out;
    private long frame = 1;

    Session(ManagedChannel channel, CountDownLatch opened) {
      this.opened = opened;
      out = SessionServiceGrpc.newStub(channel).connect(this);
      Open open =
          Open.newBuilder()
              .setClientName("idle")
              .setLease(com.google.protobuf.Duration.newBuilder().setSeconds(LEASE_SECONDS))
              .build();
      out.onNext(ClientFrame.newBuilder().setFrame(frame).setOpen(open).build());
    }

    void beat() {
      frame++;
      out.onNext(ClientFrame.newBuilder().setFrame(frame).build());
    }

    @Override
    public void onNext(ServerFrame answer) {
      if (answer.hasOpened()) {
        opened.countDown();
      }
    }

    @Override
    public void onError(Throwable t) {
      failure.compareAndSet(null, t);
    }

    @Override
    public void onCompleted() {}
  }
}
