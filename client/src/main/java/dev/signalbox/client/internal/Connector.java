package dev.signalbox.client.internal;

import dev.signalbox.v1.ClientFrame;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes connections: one attempt at a time, over the servers in turn, with growing pauses, until
 * one is answered. Network thread.
 */
final class Connector implements Connection.Listener {
  /** For whom the connections are made. */
  interface Host {
    /** Opens or resumes. */
    ClientFrame firstFrame();

    /** The server answered the first frame; the connection's further events are the host's. */
    void connected(Connection connection, ReceivedFrame first);

    /** The server refused; the connection is gone. */
    void refused(Failure failure, boolean passing);
  }

  private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(1);

  /** For a first answer from another machine, or from one that is busy. */
  private static final long LEAST_TIME = TimeUnit.MILLISECONDS.toNanos(500);

  private final NetworkThread network;
  private final Ticker ticker;
  private final Targets targets;
  private final Host host;
  private final int servers;
  private final long lease;
  private final Pauses pauses;
  private @Nullable Connection candidate;
  private long candidateSince;
  private boolean pausing;
  private boolean stopped;
  private boolean cutOff;
  private int failures;

  Connector(NetworkThread network, LinkOptions options, Host host) {
    this.network = network;
    this.ticker = options.ticker();
    this.targets = new Targets(options.targets());
    this.host = host;
    servers = options.targets().size();
    lease = options.lease().toNanos();
    pauses = new Pauses(servers, Math.min(LONGEST_PAUSE, lease / 8));
  }

  /** Whether a first frame is on its way. */
  boolean isTrying() {
    return candidate != null;
  }

  /** Connects, unless that is going on already. */
  void connect() {
    if (isIdle() && !stopped) {
      if (failures == 0) {
        attempt();
      } else {
        pausing = true;
        network.schedule(this::afterPause, pause());
      }
    }
  }

  private boolean isIdle() {
    return candidate == null && !pausing;
  }

  private long pause() {
    long full = pauses.after(failures);
    return full / 2 + ThreadLocalRandom.current().nextLong(full / 2 + 1);
  }

  /** Ends a pause between two attempts, if there is one. */
  void afterPause() {
    boolean over = pausing;
    pausing = false;
    if (over && !stopped) {
      attempt();
    }
  }

  /** From now on, or no longer, every attempt fails at once. */
  void cutOff(boolean cut) {
    cutOff = cut;
    if (cut) {
      abandon();
    } else {
      afterPause();
    }
  }

  private void attempt() {
    failures++;
    if (cutOff) {
      host.refused(Failure.unavailable("cut off"), true);
      return;
    }
    candidateSince = ticker.nanoTime();
    candidate = new Connection(network, targets.next(), this);
    candidate.start(host.firstFrame());
  }

  /** Tries these servers first. */
  void prefer(List<String> servers) {
    targets.prefer(servers);
  }

  /** If a server that does not lead has said which one does, tries that one first. */
  void heed(Failure failure) {
    if (!failure.detail("leader").isEmpty()) {
      targets.prefer(List.of(failure.detail("leader")));
    }
  }

  /** The last connection proved good: the next one need not be paused for. */
  void provedGood() {
    if (failures > 0 && isIdle()) {
      failures = 0;
      targets.stay();
    }
  }

  /** The last connection fell silent: the next one is made to another server, if there is one. */
  void fellSilent() {
    if (isIdle()) {
      targets.leave();
    }
  }

  /** Gives an attempt up that takes too long. */
  void tick() {
    if (candidate != null && ticker.nanoTime() - candidateSince > timeToAnswer()) {
      abandon();
      connect();
    }
  }

  /**
   * After half of a lease without an answer not much of it is left. So while there are servers that
   * were not tried yet, a silent one costs less of it; a slow one has its time after that.
   */
  private long timeToAnswer() {
    boolean othersWait = failures < servers;
    return Math.max(LEAST_TIME, othersWait ? lease / 6 : lease / 3);
  }

  /** Drops the attempt, if there is one. */
  void abandon() {
    if (candidate != null) {
      candidate.drop();
      candidate = null;
    }
  }

  void stop() {
    stopped = true;
    abandon();
  }

  @Override
  public void onFrame(Connection from, ReceivedFrame frame) {
    candidate = null;
    host.connected(from, frame);
  }

  @Override
  public void onReady(Connection connection) {}

  @Override
  public void onClosed(Connection connection, Status status, Metadata trailers) {
    candidate = null;
    Failure failure = Failures.of(status, trailers);
    heed(failure);
    host.refused(failure, Failures.isPassing(status));
  }
}
