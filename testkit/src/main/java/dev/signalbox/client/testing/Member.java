package dev.signalbox.client.testing;

import dev.signalbox.client.ClientState;
import dev.signalbox.client.SignalboxClient;
import dev.signalbox.client.internal.SteppedLink;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One client of the box. Guarded by the {@link Conductor}, but for what is final. */
final class Member {
  private static final long PATIENCE_SECONDS = 60;

  final SignalboxClient client;
  final SteppedLink link;

  /** When it has something to do by the clock: at once, as long as nobody has looked. */
  long dueAt = Long.MIN_VALUE;

  boolean connected;
  boolean cut;

  Member(SignalboxClient client, SteppedLink link) {
    this.client = client;
    this.link = link;
  }

  boolean isOver() {
    return client.state() == ClientState.CLOSED;
  }

  /** Ends it; one that is cut off would wait in vain for the service's word. */
  void end() {
    if (cut) {
      link.crash();
    }
    client.close();
  }

  /** Waits for what a link was asked. */
  static <T> T await(CompletableFuture<T> answer) {
    try {
      return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("a client did not come to rest", e);
    }
  }
}
