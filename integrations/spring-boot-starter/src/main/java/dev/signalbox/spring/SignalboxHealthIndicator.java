package dev.signalbox.spring;

import dev.signalbox.client.ClientState;
import dev.signalbox.client.SessionListener;
import dev.signalbox.client.SignalboxClient;
import java.time.Clock;
import java.time.Instant;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Up while the client is connected, otherwise down; with its state, and since when. */
final class SignalboxHealthIndicator implements HealthIndicator, SessionListener {
  private final SignalboxClient client;
  private final Clock clock;
  private volatile Instant since;

  SignalboxHealthIndicator(SignalboxClient client, Clock clock) {
    this.client = client;
    this.clock = clock;
    since = clock.instant();
    client.addListener(this);
  }

  @Override
  public Health health() {
    ClientState state = client.state();
    Health.Builder health = state == ClientState.CONNECTED ? Health.up() : Health.down();
    return health.withDetail("state", state).withDetail("since", since).build();
  }

  @Override
  public void sessionOpened() {
    since = clock.instant();
  }

  @Override
  public void disconnected() {
    since = clock.instant();
  }

  @Override
  public void sessionResumed() {
    since = clock.instant();
  }

  @Override
  public void sessionLost() {
    since = clock.instant();
  }

  @Override
  public void closed() {
    since = clock.instant();
  }
}
