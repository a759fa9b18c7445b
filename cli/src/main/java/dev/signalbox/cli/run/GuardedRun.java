package dev.signalbox.cli.run;

import dev.signalbox.client.Permit;
import dev.signalbox.client.SessionListener;
import dev.signalbox.client.SignalboxClient;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * One command under one permit, with a {@link Guard} on duty. A permit that is a mere receipt
 * cannot be lost, and needs none.
 */
public final class GuardedRun implements AutoCloseable {
  private final AlarmClock alarms = new AlarmClock();
  private final SignalboxClient client;
  private final Permit permit;
  private final Duration lease;
  private final Duration grace;
  private final Consumer<String> say;
  private final CompletableFuture<Guard> onDuty = new CompletableFuture<>();
  private final SessionListener news = new News();

  /**
   * A run of a command that was started.
   *
   * @param client whose session holds the permit
   * @param lease of that session
   * @param grace between SIGTERM and SIGKILL where the permits were taken away by somebody
   * @param say tells people, a line at a time
   */
  public GuardedRun(
      SignalboxClient client, Permit permit, Duration lease, Duration grace, Consumer<String> say) {
    this.client = client;
    this.permit = permit;
    this.lease = lease;
    this.grace = grace;
    this.say = say;
    client.addListener(news);
  }

  /**
   * Waits until the command has ended and, if it was stopped, all its descendants; then gives the
   * permit back, without waiting for the answer.
   *
   * @return whether it was stopped because of its permits
   */
  public boolean await(Child child) throws InterruptedException {
    if (permit.id().isEmpty()) {
      child.waitFor();
      return false;
    }
    Guard guard = new Guard(alarms, child.tree(), lease, grace, permit::isHeld, say);
    alarms.now(() -> guard.begin(child.startedAt()));
    onDuty.complete(guard);
    permit.onLost(reason -> alarms.now(() -> guard.lost(words(reason))));
    rehearseRelease();
    child.waitFor();
    boolean stopped = guard.hasStopped();
    if (stopped) {
      child.tree().awaitEnd();
    }
    permit.close();
    alarms.now(guard::end);
    return stopped;
  }

  /** Releases nothing, so that all that a release takes is loaded when others wait for it. */
  private void rehearseRelease() {
    var unused = client.releaseAsync(List.of());
  }

  private static String words(Enum<?> reason) {
    return reason.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  @Override
  public void close() {
    client.removeListener(news);
    alarms.close();
  }

  /** Takes the news of the session to the guard. */
  private final class News implements SessionListener {
    private void tell(Consumer<Guard> news) {
      var unused = onDuty.thenAccept(guard -> alarms.now(() -> news.accept(guard)));
    }

    @Override
    public void jeopardy(Duration remaining) {
      tell(guard -> guard.jeopardy(remaining));
    }

    @Override
    public void sessionResumed() {
      tell(Guard::resumed);
    }
  }
}
