package dev.signalbox.client.internal;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.Metadata;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The unary calls on their way. One that fails in passing is made again until it is out of
 * patience, unless it must not be made twice. Network thread.
 */
final class Reads {
  private final Queue<UnaryCall<?, ?, ?>> waiting = new ArrayDeque<>();
  private final Set<UnaryCall<?, ?, ?>> asked = new LinkedHashSet<>();
  private final NetworkThread network;
  private final LinkOptions options;
  private final Dispatcher dispatcher;

  /** Hands every call that has its answer or failure to the dispatcher. */
  Reads(NetworkThread network, LinkOptions options, Dispatcher dispatcher) {
    this.network = network;
    this.options = options;
    this.dispatcher = dispatcher;
  }

  void add(UnaryCall<?, ?, ?> call) {
    waiting.add(call);
  }

  /** Asks everything that waits. */
  void ask(Channel channel) {
    for (UnaryCall<?, ?, ?> call = waiting.poll(); call != null; call = waiting.poll()) {
      ask(channel, call);
    }
  }

  private void ask(Channel channel, UnaryCall<?, ?, ?> call) {
    CallOptions deadline =
        call.within(options.patience())
            .map(Duration::toNanos)
            .map(time -> CallOptions.DEFAULT.withDeadlineAfter(time, TimeUnit.NANOSECONDS))
            .orElse(CallOptions.DEFAULT);
    asked.add(call);
    call.ask(
        channel,
        deadline,
        () -> heard(() -> answered(call)),
        failure -> heard(() -> failed(call, failure)));
  }

  /** What comes of it need not wait for the next frame or tick. */
  private void heard(Runnable answer) {
    network.run(() -> {
      answer.run();
      dispatcher.flush();
    });
  }

  private void answered(UnaryCall<?, ?, ?> call) {
    if (asked.remove(call)) {
      dispatcher.settled(call);
    }
  }

  private void failed(UnaryCall<?, ?, ?> call, Throwable failure) {
    Status status = Status.fromThrowable(failure);
    Metadata trailers = Status.trailersFromThrowable(failure);
    if (!asked.remove(call)) {
      return;
    }
    Failure why = Failures.of(status, trailers == null ? new Metadata() : trailers);
    if (!Failures.isPassing(status)) {
      fail(call, why);
    } else if (call.mayRepeat() || Failures.isRefusal(why)) {
      waiting.add(call);
    } else {
      fail(call, Failure.unanswered());
    }
  }

  /** Whoever made the call has given it up. */
  void hangUp(UnaryCall<?, ?, ?> call) {
    if (waiting.remove(call)) {
      dispatcher.settled(call);
    } else {
      call.hangUp();
    }
  }

  /** Fails what has run out of patience. */
  void giveUp(long now, Failure failure) {
    for (int i = waiting.size(); i > 0; i--) {
      UnaryCall<?, ?, ?> call = waiting.remove();
      if (now - call.giveUpAt >= 0) {
        fail(call, failure);
      } else {
        waiting.add(call);
      }
    }
  }

  /** Whether some were asked and are not answered. */
  boolean areUnderWay() {
    return !asked.isEmpty();
  }

  /** Nanoseconds until {@link #giveUp} has something to fail. */
  long untilGivenUp(long now) {
    return waiting.stream().mapToLong(call -> call.giveUpAt - now).min().orElse(Long.MAX_VALUE);
  }

  /** The link is closed: everything fails. */
  void closed() {
    waiting.addAll(asked);
    asked.clear();
    for (UnaryCall<?, ?, ?> call = waiting.poll(); call != null; call = waiting.poll()) {
      call.hangUp();
      fail(call, Failure.closed(false));
    }
  }

  private void fail(UnaryCall<?, ?, ?> call, Failure failure) {
    call.fail(failure);
    dispatcher.settled(call);
  }
}
