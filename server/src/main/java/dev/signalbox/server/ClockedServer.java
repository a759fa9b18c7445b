package dev.signalbox.server;

import dev.signalbox.server.core.Machine;
import dev.signalbox.server.core.SemaphoreView;
import dev.signalbox.server.core.SessionId;
import dev.signalbox.server.replication.Failure;
import dev.signalbox.server.replication.Read;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * A server that goes by its owner's clock and tells when it has dealt with everything: what a test
 * kit stands on. It is a {@link SignalboxServer} like any other, kept in memory. Not API.
 * Thread-safe.
 */
public final class ClockedServer implements AutoCloseable {
  /** The longest step of the clock between two calls of {@link #judge}, in nanoseconds. */
  public static final long LONGEST_STEP = TimeUnit.SECONDS.toNanos(1);

  private static final long PATIENCE_SECONDS = 60;

  private final SignalboxServer server;

  private ClockedServer(SignalboxServer server) {
    this.server = server;
  }

  /**
   * Starts a server; it is ready when this returns.
   *
   * @param nanoTime its clock, monotonic nanoseconds
   * @param stepped whether the clock stands still but for steps: nobody's lease is then judged but
   *     by {@link #judge}
   */
  public static ClockedServer start(LongSupplier nanoTime, boolean stepped) throws IOException {
    return new ClockedServer(SignalboxServer.start(ServerOptions.embedded(), nanoTime, !stepped));
  }

  /** The port that clients connect to. */
  public int port() {
    return server.port();
  }

  /**
   * Condemns the sessions whose lease has run out by now.
   *
   * @return nanoseconds until there is something to judge again
   */
  public long judge() {
    return server.sessions().judge();
  }

  /**
   * Waits until everything that was handed in, and everything that is due by now, has happened and
   * is on its way to the clients. Twice, as an entry is applied before what it brought is sent.
   */
  public void catchUp() {
    drain();
    drain();
  }

  private void drain() {
    if (!server.isDrainedIn(PATIENCE_SECONDS)) {
      throw new IllegalStateException("the server did not catch up");
    }
  }

  /** Nanoseconds until something falls due by log time; 0 or less if it has. */
  public long untilDue() {
    return server.sequencer().untilDue();
  }

  /** Whether a session is open and has a stream. */
  public boolean hasStream(SessionId session) {
    return server.sessions().hasStream(session);
  }

  /**
   * A semaphore, mutex or event as it is, with so many of its holders and waiters; empty if there
   * is none. Looking is no request (O5).
   */
  public Optional<SemaphoreView> look(String name, int maxListed) {
    Look look = new Look(name, maxListed);
    server.sequencer().read(look);
    try {
      return look.seen.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the server cannot be read", e);
    }
  }

  @Override
  public void close() {
    server.close();
  }

  private static final class Look implements Read {
    private final String name;
    private final int maxListed;
    private final CompletableFuture<Optional<SemaphoreView>> seen = new CompletableFuture<>();

    Look(String name, int maxListed) {
      this.name = name;
      this.maxListed = maxListed;
    }

    @Override
    public void run(Machine machine, long now) {
      seen.complete(Optional.ofNullable(machine.semaphore(name, now, maxListed)));
    }

    @Override
    public void failed(Failure why) {
      seen.completeExceptionally(new IllegalStateException(why.toString()));
    }
  }
}
