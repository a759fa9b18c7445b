package dev.signalbox.client;

import dev.signalbox.client.internal.LinkOptions;
import dev.signalbox.client.internal.Surroundings;
import dev.signalbox.client.internal.Ticker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Makes a {@link SignalboxClient}. Not thread-safe. */
public final class SignalboxClientBuilder {
  private static final Duration LEAST_LEASE = Duration.ofSeconds(1);
  private static final Duration LONGEST_LEASE = Duration.ofMinutes(10);
  private static final Duration LONGEST_PATIENCE = Duration.ofDays(1);

  private final List<String> targets = new ArrayList<>();
  private final List<SessionListener> listeners = new ArrayList<>();
  private String clientName = "java-" + ProcessHandle.current().pid();
  private Duration lease = Duration.ofSeconds(15);
  private Optional<Duration> endAfterBreak = Optional.empty();
  private Duration patience = Duration.ofSeconds(10);
  private @Nullable Executor executor;
  private @Nullable Ticker ticker;
  private boolean closeAtExit = true;

  SignalboxClientBuilder() {}

  /**
   * A server, {@code host:port}. Call again for each node of a cluster, or see {@link #targets}.
   */
  public SignalboxClientBuilder target(String target) {
    targets.add(Objects.requireNonNull(target));
    return this;
  }

  /** Several servers, {@code host:port} each. */
  public SignalboxClientBuilder targets(List<String> targets) {
    targets.forEach(this::target);
    return this;
  }

  /**
   * Who this is, for listings: 1 to 255 bytes. Need not be unique; {@code java-<pid>} unless said.
   */
  public SignalboxClientBuilder clientName(String name) {
    clientName = Objects.requireNonNull(name);
    return this;
  }

  /**
   * How long the service keeps our permits without hearing from us: 1 s to 10 min, 15 s unless said
   * (L1).
   */
  public SignalboxClientBuilder lease(Duration lease) {
    this.lease = Objects.requireNonNull(lease);
    return this;
  }

  /**
   * Ends the session this long after its connection breaks, 0 to the lease, instead of when the
   * lease runs out (L9). A killed process's permits are then free in milliseconds.
   *
   * <p>The price: a connection can break where the service sees it and this process does not. The
   * next holder is then let in while this one still believes that it holds; only the epochs of a
   * numbered semaphore (A8) catch that. And every short break of the network costs all permits.
   */
  public SignalboxClientBuilder endAfterBreak(Duration delay) {
    endAfterBreak = Optional.of(delay);
    return this;
  }

  /**
   * How long a call waits for a session while no server answers, before it fails with {@link
   * SignalboxException.Unavailable}; 10 s unless said. What gives permits back is not given up
   * while the session that holds them lives.
   */
  public SignalboxClientBuilder patience(Duration patience) {
    this.patience = Objects.requireNonNull(patience);
    return this;
  }

  /** Completes the futures of the asynchronous calls; a daemon thread of the client unless said. */
  public SignalboxClientBuilder executor(Executor executor) {
    this.executor = Objects.requireNonNull(executor);
    return this;
  }

  /** Hears of the client's sessions, from the first on. */
  public SignalboxClientBuilder listener(SessionListener listener) {
    listeners.add(Objects.requireNonNull(listener));
    return this;
  }

  /**
   * Whether an orderly shutdown of the JVM closes the client (L6); true unless said. False is for
   * those who close it themselves then, after what still needs its permits has ended.
   */
  public SignalboxClientBuilder closeAtExit(boolean close) {
    closeAtExit = close;
    return this;
  }

  /**
   * A client that starts to connect now.
   *
   * @throws SignalboxException.InvalidArgument if a setting is out of range or no target is given
   */
  public SignalboxClient build() {
    check();
    Surroundings surroundings = Surroundings.of(targets);
    Ticker clock = ticker == null ? surroundings.ticker() : ticker;
    LinkOptions options =
        new LinkOptions(targets, clientName, lease, endAfterBreak, patience, clock);
    SignalboxClient client =
        LinkedClient.start(options, List.copyOf(listeners), executor, surroundings);
    if (closeAtExit) {
      OpenClients.add(client);
    }
    return client;
  }

  /** For tests: another clock. */
  SignalboxClientBuilder ticker(Ticker ticker) {
    this.ticker = ticker;
    return this;
  }

  private void check() {
    require(!targets.isEmpty(), "target", "must be given");
    for (String target : targets) {
      require(LinkOptions.isTarget(target), "target", "must be host:port, not " + target);
    }
    int bytes = clientName.getBytes(StandardCharsets.UTF_8).length;
    require(bytes >= 1 && bytes <= 255, "clientName", "must have 1 to 255 bytes");
    require(isWithin(lease, LEAST_LEASE, LONGEST_LEASE), "lease", "must be 1 s to 10 min");
    Duration delay = endAfterBreak.orElse(Duration.ZERO);
    require(isWithin(delay, Duration.ZERO, lease), "endAfterBreak", "must be 0 to the lease");
    require(isWithin(patience, Duration.ZERO, LONGEST_PATIENCE), "patience", "must be 0 to 1 day");
  }

  private static boolean isWithin(Duration value, Duration least, Duration most) {
    return value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
  }

  private static void require(boolean condition, String field, String why) {
    if (!condition) {
      throw new SignalboxException.InvalidArgument(field, why);
    }
  }
}
