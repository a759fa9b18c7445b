package dev.signalbox.client.limit;

import dev.signalbox.client.ClientState;
import dev.signalbox.client.SessionListener;
import dev.signalbox.client.SignalboxClient;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Whether it makes sense to ask the service: not while the client has been without a connection for
 * longer than a limiter's patience, nor while the service is connected but silent. Thread-safe.
 */
final class Reach implements SessionListener {
  private final SignalboxClient client;
  private final long patience;
  private final LongSupplier clock;
  private volatile long brokenAt;
  private volatile long heardAt;
  private volatile boolean connected;
  private volatile boolean silent;

  private Reach(SignalboxClient client, long patience, LongSupplier clock) {
    this.client = client;
    this.patience = patience;
    this.clock = clock;
    brokenAt = clock.getAsLong();
    heardAt = brokenAt;
  }

  /**
   * How far this client reaches from now on.
   *
   * @param patience in nanoseconds
   */
  static Reach of(SignalboxClient client, long patience, LongSupplier clock) {
    Reach reach = new Reach(client, patience, clock);
    client.addListener(reach);
    reach.connected = client.state() == ClientState.CONNECTED;
    return reach;
  }

  /** Whether the service is out of reach. Of a closed client it never is: asking it says so. */
  boolean isOut() {
    return switch (client.state()) {
      case CONNECTED -> silent;
      case CLOSED -> false;
      case CONNECTING, DISCONNECTED -> silent || clock.getAsLong() - brokenAt >= patience;
    };
  }

  /** Whether nothing but an answer can tell that the service is there again. */
  boolean isSilent() {
    return silent && client.state() == ClientState.CONNECTED;
  }

  /** The service has answered something. */
  void heard() {
    heardAt = clock.getAsLong();
    silent = false;
  }

  /** A question had no answer in time. The service is silent if nothing else had one either. */
  void unanswered() {
    if (clock.getAsLong() - heardAt >= patience) {
      silent = true;
    }
  }

  @Override
  public void sessionOpened() {
    reconnected();
  }

  @Override
  public void sessionResumed() {
    reconnected();
  }

  private void reconnected() {
    silent = false;
    connected = true;
  }

  @Override
  public void disconnected() {
    broken();
  }

  @Override
  public void sessionLost() {
    broken();
  }

  private void broken() {
    if (connected) {
      brokenAt = clock.getAsLong();
      connected = false;
    }
  }

  @Override
  public void jeopardy(Duration remaining) {
    silent = true;
  }
}
