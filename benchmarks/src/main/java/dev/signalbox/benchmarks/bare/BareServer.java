package dev.signalbox.benchmarks.bare;

import dev.signalbox.benchmarks.bare.wire.Action;
import dev.signalbox.benchmarks.bare.wire.BareGrpc;
import dev.signalbox.benchmarks.bare.wire.Replies;
import dev.signalbox.benchmarks.bare.wire.Reply;
import dev.signalbox.benchmarks.bare.wire.Request;
import dev.signalbox.benchmarks.bare.wire.Requests;
import dev.signalbox.benchmarks.load.JavaProcess;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.function.LongConsumer;

/** The map. Everything of it happens on one event loop, so nothing is locked or handed over. */
final class BareServer extends BareGrpc.BareImplBase {
  private static final int FLOW_WINDOW = 4 << 20;

  private final Map<String, Count> counts = new HashMap<>();
  private final Executor loop;

  private BareServer(Executor loop) {
    this.loop = loop;
  }

  /** The process's entry. */
  public static void main(String[] args) throws IOException {
    EventLoopGroup group = Loop.start("bare");
    Server server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .bossEventLoopGroup(group)
            .workerEventLoopGroup(group)
            .channelType(Loop.serverType())
            .directExecutor()
            .flowControlWindow(FLOW_WINDOW)
            .addService(new BareServer(group.next()))
            .build()
            .start();
    JavaProcess.ready("127.0.0.1:" + server.getPort());
    server.shutdownNow();
  }

  @Override
  public StreamObserver<Requests> stream(StreamObserver<Replies> replies) {
    ServerCallStreamObserver<Replies> out = (ServerCallStreamObserver<Replies>) replies;
    Batcher<Reply> batcher =
        new Batcher<>(
            loop,
            out::isReady,
            frame -> out.onNext(Replies.newBuilder().addAllReplies(frame).build()));
    out.setOnReadyHandler(batcher::send);
    out.setOnCancelHandler(() -> {});
    LongConsumer answer = number -> batcher.add(reply(number));
    return new StreamObserver<>() {
      @Override
      public void onNext(Requests frame) {
        frame.getRequestsList().forEach(request -> apply(request, answer));
      }

      @Override
      public void onError(Throwable t) {}

      @Override
      public void onCompleted() {
        out.onCompleted();
      }
    };
  }

  @Override
  public void call(Request request, StreamObserver<Reply> out) {
    ((ServerCallStreamObserver<Reply>) out).setOnCancelHandler(() -> {});
    apply(
        request,
        number -> {
          out.onNext(reply(number));
          out.onCompleted();
        });
  }

  private void apply(Request request, LongConsumer answer) {
    if (request.getAction() == Action.ACTION_CREATE) {
      counts.computeIfAbsent(request.getName(), name -> new Count(request.getMax()));
      answer.accept(request.getNumber());
      return;
    }
    Count count = counts.get(request.getName());
    if (count == null) {
      throw new IllegalArgumentException(request.getName());
    }
    if (request.getAction() == Action.ACTION_RELEASE) {
      answer.accept(request.getNumber());
      count.release();
    } else {
      count.acquire(() -> answer.accept(request.getNumber()));
    }
  }

  private static Reply reply(long number) {
    return Reply.newBuilder().setNumber(number).build();
  }

  private static final class Count {
    private final Queue<Runnable> waiters = new ArrayDeque<>();
    private int free;

    Count(int max) {
      free = max;
    }

    void acquire(Runnable granted) {
      if (free > 0) {
        free--;
        granted.run();
      } else {
        waiters.add(granted);
      }
    }

    void release() {
      Runnable next = waiters.poll();
      if (next == null) {
        free++;
      } else {
        next.run();
      }
    }
  }
}
