package dev.signalbox.client.internal;

import dev.signalbox.v1.AcquireRequest;
import dev.signalbox.v1.AcquireResult;
import dev.signalbox.v1.SemaphoreServiceGrpc;
import io.grpc.ClientCall;
import io.grpc.MethodDescriptor;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A unary call that would do something more if it were made again. So it is made once; should its
 * connection break, it fails, and what came of it is not known.
 */
public final class OnceCall<Q, R, T> extends UnaryCall<Q, R, T> {
  /** A longer one is refused by the service. */
  private static final Duration LONGEST_WAIT = Duration.ofDays(365);

  private final Optional<Duration> wait;
  private final Consumer<T> undo;
  private @Nullable ClientCall<Q, R> placed;
  private boolean hungUp;

  private OnceCall(
      SessionLink link,
      MethodDescriptor<Q, R> method,
      Q question,
      Function<R, T> reading,
      Optional<Duration> wait,
      Consumer<T> undo) {
    super(link, method, question, reading);
    this.wait = wait;
    this.undo = undo;
  }

  /**
   * An acquire in a session of its own.
   *
   * @param wait for how long it may wait; empty: for ever
   * @param undo gives back what nobody took
   */
  public static <T> Call<T> acquire(
      SessionLink link,
      AcquireRequest question,
      Function<AcquireResult, T> reading,
      Optional<Duration> wait,
      Consumer<T> undo) {
    return new OnceCall<>(
        link, SemaphoreServiceGrpc.getAcquireMethod(), question, reading, wait, undo);
  }

  @Override
  Lanes.Kind lane() {
    return Lanes.Kind.WAITING;
  }

  @Override
  boolean isCancellable() {
    return true;
  }

  @Override
  protected void undo(T answer) {
    undo.accept(answer);
  }

  @Override
  boolean mayRepeat() {
    return false;
  }

  @Override
  Optional<Duration> within(Duration patience) {
    return wait.filter(time -> time.compareTo(LONGEST_WAIT) <= 0).map(patience::plus);
  }

  @Override
  void placed(ClientCall<Q, R> call) {
    placed = call;
    if (hungUp) {
      hangUp();
    }
  }

  @Override
  void hangUp() {
    hungUp = true;
    if (placed != null) {
      placed.cancel("given up", null);
    }
  }
}
