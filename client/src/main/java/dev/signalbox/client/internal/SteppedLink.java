package dev.signalbox.client.internal;

import com.google.protobuf.ByteString;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A link seen from outside by a test kit: says when the link and its server have dealt with
 * everything that was asked for so far, and when the link will act next. One {@link #pulse} at a
 * time; otherwise thread-safe.
 */
public final class SteppedLink {
  /**
   * What a link has come to.
   *
   * @param busy whether something was going on, so that more may come of it
   * @param connected whether it has a session on a stream
   * @param untilDue nanoseconds until it has something to do by the clock alone
   */
  public record Pulse(boolean busy, boolean connected, long untilDue) {
    /** Of a link that is closed. */
    private static final Pulse NONE = new Pulse(false, false, Long.MAX_VALUE);
  }

  private final SessionLink link;
  private final Ticker ticker;
  private final SessionKeeper keeper;

  // Network thread.
  private @Nullable Lifeline seen;
  private long seenFrame;

  /** Sees a link that goes by this clock. */
  public SteppedLink(SessionLink link, Ticker ticker) {
    this.link = link;
    this.ticker = ticker;
    this.keeper = link.keeper();
  }

  /**
   * Has the link do what is due, and send a frame. Done when the server has acknowledged that
   * frame, and so has taken all those before it; or when there is no connection. An attempt to
   * connect is waited for, a pause before one is cut short.
   */
  public CompletableFuture<Pulse> pulse() {
    CompletableFuture<Pulse> done = new CompletableFuture<>();
    if (!link.network().execute(() -> begin(done))) {
      done.complete(Pulse.NONE);
    }
    return done;
  }

  private void begin(CompletableFuture<Pulse> done) {
    link.flush();
    boolean wrote = keeper.lifeline() != seen || keeper.lifeline().lastFrame() != seenFrame;
    boolean busy = wrote || keeper.outbox.hasWork() || keeper.reads.areUnderWay();
    link.tick();
    keeper.connector.afterPause();
    boolean connected = keeper.isConnected();
    keeper.beat();
    Lifeline asked = keeper.lifeline();
    long frame = asked.lastFrame();
    seen = asked;
    seenFrame = frame;
    keeper.watcher =
        () -> {
          boolean changed = keeper.lifeline() != asked || keeper.isConnected() != connected;
          boolean settled = changed || !connected || asked.isAcknowledged(frame);
          if (settled && !keeper.connector.isTrying()) {
            boolean wroteMore = asked.lastFrame() != frame;
            end(done, (busy && connected) || changed || wroteMore);
          }
        };
    keeper.watcher.run();
  }

  private void end(CompletableFuture<Pulse> done, boolean busy) {
    keeper.watcher = () -> {};
    boolean connected = keeper.isConnected();
    boolean more = keeper.reads.areUnderWay() || (connected && keeper.outbox.hasWork());
    Lifeline lifeline = keeper.lifeline();
    done.complete(new Pulse(busy || more, connected, untilDue(lifeline, connected)));
  }

  private long untilDue(Lifeline lifeline, boolean connected) {
    boolean sessionLives = keeper.session() != null;
    long now = ticker.nanoTime();
    long due = keeper.reads.untilGivenUp(now);
    if (!connected) {
      due = Math.min(due, keeper.outbox.untilGivenUp(now, sessionLives));
    }
    if (sessionLives) {
      due = Math.min(due, lifeline.fence().remaining());
      due = Math.min(due, lifeline.untilJeopardy());
    }
    return connected ? Math.min(due, lifeline.untilHeartbeat()) : due;
  }

  /** Done when the user's code has been told everything that there was to tell. */
  public CompletableFuture<Void> told() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    link.dispatcher().afterAll(() -> done.complete(null));
    return done;
  }

  /** The network is gone, as both sides can see, until {@link #restore}. */
  public void cutOff() {
    link.network().execute(keeper::cutOff);
  }

  /** The network is back. */
  public void restore() {
    link.network().execute(() -> keeper.connector.cutOff(false));
  }

  /** Ends the link as if the process had died. */
  public void crash() {
    link.crash();
  }

  /** The id of the session, 16 bytes; empty if there is none. */
  public CompletableFuture<Optional<ByteString>> session() {
    CompletableFuture<Optional<ByteString>> found = new CompletableFuture<>();
    if (!link.network().execute(() -> found.complete(sessionNow()))) {
      found.complete(Optional.empty());
    }
    return found;
  }

  private Optional<ByteString> sessionNow() {
    return Optional.ofNullable(keeper.session()).map(Session::id);
  }
}
