package dev.signalbox.benchmarks.bare;

import dev.signalbox.benchmarks.bare.wire.Action;
import dev.signalbox.benchmarks.bare.wire.BareGrpc;
import dev.signalbox.benchmarks.bare.wire.Replies;
import dev.signalbox.benchmarks.bare.wire.Reply;
import dev.signalbox.benchmarks.bare.wire.Request;
import dev.signalbox.benchmarks.bare.wire.Requests;
import dev.signalbox.benchmarks.load.Client;
import dev.signalbox.benchmarks.load.Gate;
import dev.signalbox.benchmarks.load.Held;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Sends from, and hears on, one event loop. */
final class StreamClient implements Client {
  private static final int FLOW_WINDOW = 4 << 20;

  private final Map<Long, CompletableFuture<Reply>> unanswered = new ConcurrentHashMap<>();
  private final AtomicLong numbers = new AtomicLong();
  private final EventLoopGroup group = Loop.start("bare-client");
  private final ManagedChannel channel;
  private final Batcher<Request> batcher;

  StreamClient(String endpoint) {
    channel =
        NettyChannelBuilder.forTarget("dns:///" + endpoint)
            .eventLoopGroup(group)
            .channelType(Loop.channelType())
            .directExecutor()
            .usePlaintext()
            .flowControlWindow(FLOW_WINDOW)
            .build();
    ClientCall<Requests, Replies> call =
        channel.newCall(BareGrpc.getStreamMethod(), CallOptions.DEFAULT);
    batcher =
        new Batcher<>(
            group.next(),
            call::isReady,
            frame -> call.sendMessage(Requests.newBuilder().addAllRequests(frame).build()));
    call.start(new Answers(call), new Metadata());
    call.request(1);
  }

  @Override
  public Gate gate(String name, int max) {
    var unused = ask(name, Action.ACTION_CREATE, max).join();
    return new StreamGate(name);
  }

  @Override
  public boolean isAsync() {
    return true;
  }

  @Override
  public boolean canReleaseUnawaited() {
    return true;
  }

  @Override
  public void close() {
    channel.shutdownNow();
    var unused = group.shutdownGracefully();
  }

  private CompletableFuture<Reply> ask(String name, Action action, int max) {
    long number = numbers.incrementAndGet();
    CompletableFuture<Reply> answer = new CompletableFuture<>();
    unanswered.put(number, answer);
    batcher.add(
        Request.newBuilder().setNumber(number).setName(name).setAction(action).setMax(max).build());
    return answer;
  }

  private final class StreamGate implements Gate, Held {
    private final String name;

    StreamGate(String name) {
      this.name = name;
    }

    @Override
    public Held acquire() throws Exception {
      var unused = ask(name, Action.ACTION_UNSPECIFIED, 0).get();
      return this;
    }

    @Override
    public CompletionStage<Held> acquireAsync() {
      return ask(name, Action.ACTION_UNSPECIFIED, 0).thenApply(reply -> this);
    }

    @Override
    public void release() throws Exception {
      var unused = ask(name, Action.ACTION_RELEASE, 0).get();
    }

    @Override
    public void releaseUnawaited() {
      var unused = ask(name, Action.ACTION_RELEASE, 0);
    }

    @Override
    public CompletionStage<?> releaseAsync() {
      return ask(name, Action.ACTION_RELEASE, 0);
    }
  }

  private final class Answers extends ClientCall.Listener<Replies> {
    private final ClientCall<Requests, Replies> call;

    Answers(ClientCall<Requests, Replies> call) {
      this.call = call;
    }

    @Override
    public void onMessage(Replies frame) {
      for (Reply reply : frame.getRepliesList()) {
        CompletableFuture<Reply> answer = unanswered.remove(reply.getNumber());
        if (answer != null) {
          answer.complete(reply);
        }
      }
      call.request(1);
    }

    @Override
    public void onReady() {
      batcher.send();
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      unanswered.values().forEach(answer -> answer.completeExceptionally(status.asException()));
    }
  }
}
