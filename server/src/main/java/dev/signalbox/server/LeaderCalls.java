package dev.signalbox.server;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import dev.signalbox.v1.ClusterServiceGrpc;
import dev.signalbox.v1.ClusterServiceGrpc.ClusterServiceBlockingStub;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Calls to a cluster some nodes of which are known; finds the one that leads. */
final class LeaderCalls implements AutoCloseable {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

  /** A new node first copies the log. */
  private static final long ANSWER_SECONDS = 600;

  private static final long PAUSE_MILLIS = 200;

  private final List<String> targets;
  private final Map<String, ManagedChannel> channels = new HashMap<>();
  private int turn;

  LeaderCalls(List<String> targets) {
    this.targets = targets;
  }

  /** Asks the first that answers. */
  <R> R askAnyone(Function<ClusterServiceBlockingStub, R> call) {
    StatusRuntimeException problem = null;
    for (String target : targets) {
      try {
        return call.apply(node(target));
      } catch (StatusRuntimeException e) {
        problem = e;
      }
    }
    throw problem == null ? new IllegalStateException("no target") : problem;
  }

  /** Asks the one that leads, where that is known, and goes on asking while none does. */
  <R> R askLeader(Function<ClusterServiceBlockingStub, R> call) {
    long began = System.nanoTime();
    boolean answered = false;
    String target = nextTarget();
    while (true) {
      try {
        return call.apply(node(target));
      } catch (StatusRuntimeException e) {
        answered |= !info(e).getReason().isEmpty();
        boolean nobody = !answered && turn >= targets.size();
        if (!isPassing(e) || nobody || System.nanoTime() - began > PATIENCE_NANOS) {
          throw e;
        }
        String hint = info(e).getMetadataOrDefault("leader", "");
        target = hint.isEmpty() ? nextTarget() : hint;
        pause();
      }
    }
  }

  /** What was refused, or who does not answer. */
  static String message(StatusRuntimeException problem) {
    String message = problem.getStatus().getDescription();
    return info(problem).getReason().isEmpty()
        ? "no answer: " + problem.getStatus().getCode() + (message == null ? "" : ", " + message)
        : String.valueOf(message);
  }

  @Override
  public void close() {
    channels.values().forEach(ManagedChannel::shutdownNow);
  }

  private String nextTarget() {
    return targets.get(turn++ % targets.size());
  }

  private ClusterServiceBlockingStub node(String target) {
    ManagedChannel channel =
        channels.computeIfAbsent(
            target, t -> NettyChannelBuilder.forTarget(t).usePlaintext().build());
    return ClusterServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(ANSWER_SECONDS, TimeUnit.SECONDS);
  }

  private static boolean isPassing(StatusRuntimeException problem) {
    return problem.getStatus().getCode() == io.grpc.Status.Code.UNAVAILABLE;
  }

  private static ErrorInfo info(StatusRuntimeException problem) {
    Status status = StatusProto.fromThrowable(problem);
    try {
      for (Any detail : status == null ? List.<Any>of() : status.getDetailsList()) {
        if (detail.is(ErrorInfo.class)) {
          return detail.unpack(ErrorInfo.class);
        }
      }
    } catch (InvalidProtocolBufferException e) {
      // Then it says nothing.
    }
    return ErrorInfo.getDefaultInstance();
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
