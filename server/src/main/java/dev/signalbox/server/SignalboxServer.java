package dev.signalbox.server;

import dev.signalbox.server.core.Command;
import dev.signalbox.server.core.Outcome;
import dev.signalbox.server.ratelimit.LimitsFile;
import dev.signalbox.server.ratelimit.RateLimits;
import dev.signalbox.server.replication.CommandLog;
import dev.signalbox.server.replication.Failure;
import dev.signalbox.server.replication.Sequencer;
import dev.signalbox.server.replication.Submission;
import dev.signalbox.server.replication.memory.VolatileLog;
import dev.signalbox.server.replication.ratis.DurableLog;
import dev.signalbox.server.replication.ratis.RemovedNode;
import dev.signalbox.server.session.Sessions;
import dev.signalbox.server.transport.AfterReading;
import dev.signalbox.server.transport.Backend;
import dev.signalbox.server.transport.ClientPort;
import dev.signalbox.server.transport.RateLimitCalls;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running server: wires the rooms, starts them and stops them. May be embedded; several can run
 * in one process. Thread-safe.
 */
public final class SignalboxServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SignalboxServer.class);
  private static final long DRAIN_SECONDS = 5;

  private final CommandLog log;
  private final Sessions sessions;
  private final Sequencer sequencer;
  private final @Nullable RateLimits limits;
  private final ClientPort clients;
  private final CountDownLatch stopped = new CountDownLatch(1);

  private final AtomicBoolean stopping = new AtomicBoolean();

  private volatile boolean failed;
  private volatile boolean removed;

  private SignalboxServer(ServerOptions options, LongSupplier nanoTime) throws IOException {
    LimitsFile rules = options.rateLimits();
    this.log = logOf(options);
    AtomicReference<Sequencer> writer = new AtomicReference<>();
    this.sessions =
        new Sessions(nanoTime, log::stalledNanos, verdict -> writer.get().submit(verdict));
    this.sequencer =
        new Sequencer(
            log,
            sessions,
            List.of(new Command.Configure(options.limits())),
            options.maxQueuedCommands(),
            nanoTime,
            new AfterReading());
    writer.set(sequencer);
    this.limits = rules == null ? null : new RateLimits(rules, sequencer);
    Backend backend = new Backend(sequencer, sessions, log.cluster(), options.limits());
    this.clients =
        new ClientPort(
            new InetSocketAddress(options.listen(), options.clientPort()),
            options.maxFrameBytes(),
            backend,
            limits == null ? List.of() : List.of(new RateLimitCalls(backend, limits)));
  }

  /**
   * Starts a server; it is ready when this returns.
   *
   * @throws IOException if it cannot listen where the options say, or cannot use the data directory
   * @throws InvalidOption if a file that an option names is not what it should be
   */
  public static SignalboxServer start(ServerOptions options) throws IOException {
    return start(options, System::nanoTime);
  }

  /** As {@link #start(ServerOptions)}, by another clock. */
  static SignalboxServer start(ServerOptions options, LongSupplier nanoTime) throws IOException {
    return start(options, nanoTime, true);
  }

  /**
   * As {@link #start(ServerOptions, LongSupplier)}.
   *
   * @param judges whether it looks by itself whose lease has run out
   */
  static SignalboxServer start(ServerOptions options, LongSupplier nanoTime, boolean judges)
      throws IOException {
    SignalboxServer server = new SignalboxServer(options, nanoTime);
    boolean started = false;
    try {
      server.start(judges);
      started = true;
    } finally {
      if (!started) {
        server.close();
      }
    }
    LOG.info(
        "Signalbox {} listens on {}:{}, log: {}",
        Version.current(),
        options.listen(),
        server.port(),
        options.log());
    return server;
  }

  /** The port that clients connect to. */
  public int port() {
    return clients.port();
  }

  /**
   * Stops cleanly and waits until it has stopped: lets another node lead if there is one, says that
   * it is going away, takes nothing new, answers what it has taken, ends the streams. Sessions do
   * not end by it.
   */
  @Override
  public void close() {
    if (stopping.compareAndSet(false, true)) {
      stop();
      stopped.countDown();
    } else {
      waitFor(stopped, Long.MAX_VALUE);
    }
  }

  /** Whether it stopped, or is about to, because it could not go on. */
  public boolean hasFailed() {
    return failed;
  }

  /** Whether it stopped, or is about to, because it is no member of its cluster any more. */
  public boolean wasRemoved() {
    return removed;
  }

  /** Waits until the server has stopped, by {@link #close} or because it failed. */
  public void awaitStop() throws InterruptedException {
    stopped.await();
  }

  private void stop() {
    clients.notServing();
    log.handOver();
    sessions.goingAway();
    clients.stopAccepting();
    drain();
    sessions.close();
    sequencer.close();
    clients.close();
    if (limits != null) {
      limits.close();
    }
    LOG.info("Signalbox has stopped");
  }

  private void start(boolean judges) throws IOException {
    sequencer.onRole(clients::leads);
    log.cluster().onChange(this::showMembership);
    sequencer.start(this::fail);
    // Beside the log, so that what answers calls is loaded meanwhile: refusing them is practice.
    clients.start();
    sequencer.awaitStart();
    if (judges) {
      sessions.start();
    }
    if (limits != null) {
      limits.start();
    }
    drain();
    showMembership();
  }

  private void showMembership() {
    clients.member(log.cluster().isMember());
  }

  private CommandLog logOf(ServerOptions options) throws IOException {
    return options.log().equals("volatile")
        ? new VolatileLog()
        : DurableLog.open(options.durableLog(), this::logFailed);
  }

  private void logFailed(Throwable cause) {
    if (cause instanceof RemovedNode) {
      LOG.warn("This node stops: {}", cause.getMessage());
      removed = true;
    } else {
      Throwable first = cause;
      while (first.getCause() != null) {
        first = first.getCause();
      }
      LOG.error("The log failed; this node stops: {}", first.toString(), cause);
    }
    fail();
  }

  /** The log or the machine is of no use any more; better no answer than a wrong one. */
  private void fail() {
    failed = true;
    new Thread(this::close, "signalbox-failed").start();
  }

  private void drain() {
    if (!isDrainedIn(DRAIN_SECONDS)) {
      LOG.warn("The queue was not empty after {} s", DRAIN_SECONDS);
    }
  }

  /** Waits until everything that was handed in, and is due by now, has been applied. */
  boolean isDrainedIn(long seconds) {
    Barrier barrier = new Barrier();
    sequencer.submit(barrier);
    return waitFor(barrier.reached, seconds);
  }

  Sessions sessions() {
    return sessions;
  }

  Sequencer sequencer() {
    return sequencer;
  }

  private static boolean waitFor(CountDownLatch latch, long seconds) {
    try {
      return latch.await(seconds, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** No commands, only the place in the queue. */
  private static final class Barrier extends Submission {
    private final CountDownLatch reached = new CountDownLatch(1);

    Barrier() {
      super(List.of());
    }

    @Override
    protected void answered(int index, Outcome.Answer answer) {}

    @Override
    protected void applied() {
      reached.countDown();
    }

    @Override
    protected void failed(Failure why) {
      reached.countDown();
    }
  }
}
