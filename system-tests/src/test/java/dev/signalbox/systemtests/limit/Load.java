package dev.signalbox.systemtests.limit;

import com.google.protobuf.Any;
import com.google.protobuf.Empty;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.StringValue;
import com.google.rpc.RetryInfo;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Callers of a {@link Backend} that make one call after the other, and come back after a refusal
 * when it says so.
 */
final class Load {
  private static final long UNSAID_MILLIS = 100;

  private final LongAdder answered = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder unavailable = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final ScheduledExecutorService later =
      Executors.newSingleThreadScheduledExecutor(Load::daemon);
  private final Phaser callers = new Phaser(1);
  private final Channel channel;
  private final StringValue name;
  private volatile boolean stopping;

  Load(Channel channel, String name) {
    this.channel = channel;
    this.name = StringValue.of(name);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "later");
    thread.setDaemon(true);
    return thread;
  }

  void start(int number) {
    callers.bulkRegister(number);
    for (int i = 0; i < number; i++) {
      call();
    }
  }

  /** Waits until every caller has ended its last call. */
  void stop() {
    stopping = true;
    callers.arriveAndAwaitAdvance();
  }

  /** What has come of the calls, as {@link LoadCounts} reads it. */
  LoadCounts counts() {
    return new LoadCounts(answered.sum(), refused.sum(), unavailable.sum(), failed.sum());
  }

  private void call() {
    if (stopping) {
      callers.arriveAndDeregister();
      return;
    }
    ClientCalls.asyncUnaryCall(
        channel.newCall(Backend.WORK, CallOptions.DEFAULT), name, new Caller());
  }

  private final class Caller implements StreamObserver<Empty> {
    @Override
    public void onNext(Empty answer) {}

    @Override
    public void onError(Throwable failure) {
      count(Status.fromThrowable(failure));
      var unused = later.schedule(Load.this::call, retryMillis(failure), TimeUnit.MILLISECONDS);
    }

    private void count(Status status) {
      switch (status.getCode()) {
        case RESOURCE_EXHAUSTED -> refused.increment();
        case UNAVAILABLE -> unavailable.increment();
        default -> {
          failed.increment();
          System.err.println(status);
        }
      }
    }

    @Override
    public void onCompleted() {
      answered.increment();
      call();
    }
  }

  private static long retryMillis(Throwable failure) {
    com.google.rpc.Status status = StatusProto.fromThrowable(failure);
    if (status != null) {
      for (Any detail : status.getDetailsList()) {
        if (detail.is(RetryInfo.class)) {
          return millis(detail);
        }
      }
    }
    return UNSAID_MILLIS;
  }

  private static long millis(Any detail) {
    try {
      var delay = detail.unpack(RetryInfo.class).getRetryDelay();
      return TimeUnit.SECONDS.toMillis(delay.getSeconds()) + delay.getNanos() / 1_000_000;
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }
}
