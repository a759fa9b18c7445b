package dev.signalbox.client.testing;

import dev.signalbox.client.SemaphoreInfo;
import dev.signalbox.client.SignalboxClient;
import dev.signalbox.client.SignalboxClientBuilder;
import dev.signalbox.client.internal.Surroundings;
import dev.signalbox.server.ClockedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * Signalbox in a test: the real server in this process, kept in memory, and clients of the real
 * SDK, all by one clock that the test moves. Boxes know nothing of one another; each is started in
 * milliseconds. Thread-safe.
 *
 * <pre>{@code
 * try (TestSignalbox box = TestSignalbox.start()) {
 *   RemoteSemaphore db = box.client().semaphores().create("test/db", SemaphoreSpec.max(1));
 *   db.acquire();
 *   CompletableFuture<Optional<Permit>> waiting = db.acquireAsync(1, Duration.ofSeconds(30));
 *   box.clock().advance(Duration.ofSeconds(30));
 *   assertThat(waiting.get()).isEmpty();
 * }
 * }</pre>
 *
 * <p>Any client whose target is {@link #target} lives by this clock, whoever makes it: so code that
 * builds its own client is tested as it is. Close clients or leave it to the box.
 */
public final class TestSignalbox implements AutoCloseable {
  private static final Duration LONGEST_ADVANCE = Duration.ofDays(3650);
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);
  private static final long POLL = TimeUnit.MICROSECONDS.toNanos(500);

  private final Hands hands;
  private final ClockedServer server;
  private final Conductor conductor;
  private final List<String> targets;
  private final TestClock clock = new Clock();

  private TestSignalbox(Hands hands, boolean stepped) {
    try {
      this.hands = hands;
      this.server = ClockedServer.start(hands::nanoTime, stepped);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.conductor = new Conductor(hands, server);
    this.targets = List.of("127.0.0.1:" + server.port(), "localhost:" + server.port());
    targets.forEach(target -> Surroundings.note(target, conductor));
  }

  /** A box whose clock stands still until it is moved. */
  public static TestSignalbox start() {
    return new TestSignalbox(Hands.standing(), true);
  }

  /**
   * A box whose clock runs by itself, and can be moved ahead. For tests that wait for real time;
   * those by a standing clock are exact, and faster.
   */
  public static TestSignalbox startRunning() {
    return new TestSignalbox(Hands.running(), false);
  }

  /** The clock. */
  public TestClock clock() {
    return clock;
  }

  /** Where clients connect, {@code host:port}: for configurations of the code that is tested. */
  public String target() {
    return targets.get(0);
  }

  /**
   * A client of its own, connected: as good as another process.
   *
   * @throws IllegalStateException if the box is closed
   */
  public SignalboxClient client() {
    SignalboxClient client = clientBuilder().build();
    conductor.welcome(client);
    return client;
  }

  /**
   * Makes a client with settings of its own; the target is set. It connects in the background.
   *
   * @throws IllegalStateException if the box is closed
   */
  public SignalboxClientBuilder clientBuilder() {
    conductor.requireOpen();
    return SignalboxClient.builder().target(target());
  }

  /**
   * Ends a client as if its process had died: the service sees its connection break and hears no
   * farewell. What it held goes back when its lease has run out (L2), counted from now. The client
   * is closed by it, here as well.
   *
   * @throws IllegalArgumentException if it is no open client of this box
   */
  public void crash(SignalboxClient client) {
    conductor.crash(client);
  }

  /**
   * Cuts the network between a client and the service, as both can see, until {@link #restore}. Its
   * lease counts from now: at half of it without an answer the client is in jeopardy, at nine
   * tenths it takes its permits for lost, and at the end the service gives them away (L4, L2).
   * Idempotent.
   *
   * @throws IllegalArgumentException if it is no open client of this box
   */
  public void cut(SignalboxClient client) {
    conductor.cut(client);
  }

  /**
   * Mends the network. When this returns the client has resumed its session (L5), or has another if
   * that one was lost. Idempotent.
   *
   * @throws IllegalArgumentException if it is no open client of this box
   */
  public void restore(SignalboxClient client) {
    conductor.restore(client);
  }

  /**
   * Waits, without moving the clock, until everything that was asked for before has reached the
   * service and what came of it was told to futures and listeners. As {@link TestClock#advance} by
   * nothing.
   */
  public void settle() {
    conductor.settle();
  }

  /**
   * A semaphore, mutex or event as it is now, with up to 1,000 holders and waiters; empty if there
   * is none of that name. To look is no request that would keep it from being idle (O5).
   */
  public Optional<SemaphoreInfo> find(String name) {
    return server.look(name, Views.MOST_LISTED).map(Views::info);
  }

  /**
   * Waits until a semaphore, mutex or event is as the condition says, for 20 s of real time at
   * most. For what the test's own threads bring about; the clock is not moved.
   *
   * @return it as it then was
   * @throws AssertionError if it does not come to be so
   */
  public SemaphoreInfo await(String name, Predicate<SemaphoreInfo> condition) {
    long start = System.nanoTime();
    Optional<SemaphoreInfo> seen = find(name);
    while (!seen.filter(condition).isPresent()) {
      if (System.nanoTime() - start > PATIENCE || Thread.currentThread().isInterrupted()) {
        throw new AssertionError("gave up waiting; '" + name + "' is " + seen);
      }
      LockSupport.parkNanos(POLL);
      seen = find(name);
    }
    return seen.get();
  }

  /** Waits until so many acquires are in the queue of this name; see {@link #await}. */
  public SemaphoreInfo awaitWaiters(String name, int acquires) {
    return await(name, info -> info.waiting() == acquires);
  }

  /** Closes all clients that are still open, and the server. Idempotent. */
  @Override
  public void close() {
    targets.forEach(Surroundings::forget);
    conductor.close();
  }

  private final class Clock implements TestClock {
    @Override
    public void advance(Duration time) {
      Objects.requireNonNull(time, "time");
      if (time.isNegative() || time.compareTo(LONGEST_ADVANCE) > 0) {
        throw new IllegalArgumentException("time: must be 0 to 3650 days, not " + time);
      }
      conductor.advance(time.toNanos());
    }

    @Override
    public Duration elapsed() {
      return Duration.ofNanos(hands.nanoTime());
    }
  }
}
