package dev.signalbox.grpc;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Deadline;
import io.grpc.Status;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells when a call cannot wait any longer: its deadline has passed, or the context in which it was
 * made was cancelled. Tells at most once of each.
 */
final class EndOfWait implements Context.CancellationListener {
  private final Context context;
  private final Consumer<Status> ended;
  private final CompletableFuture<@Nullable Void> expiry = new CompletableFuture<>();

  EndOfWait(Context context, Consumer<Status> ended) {
    this.context = context;
    this.ended = ended;
  }

  void watch(@Nullable Deadline deadline) {
    context.addListener(this, Runnable::run);
    if (deadline != null) {
      long nanos = Math.max(0, deadline.timeRemaining(TimeUnit.NANOSECONDS));
      var unused =
          expiry
              .completeOnTimeout(null, nanos, TimeUnit.NANOSECONDS)
              .thenRun(() -> ended.accept(Status.DEADLINE_EXCEEDED));
    }
  }

  @Override
  public void cancelled(Context cancelled) {
    ended.accept(Contexts.statusFromCancelled(cancelled));
  }

  /** Takes the timer and the listener away; a watch that has not begun yet never will. */
  void stop() {
    expiry.cancel(false);
    context.removeListener(this);
  }
}
