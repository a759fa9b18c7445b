package dev.signalbox.benchmarks.bare;

import dev.signalbox.benchmarks.bare.wire.Action;
import dev.signalbox.benchmarks.bare.wire.BareGrpc;
import dev.signalbox.benchmarks.bare.wire.Request;
import dev.signalbox.benchmarks.load.Client;
import dev.signalbox.benchmarks.load.Gate;
import dev.signalbox.benchmarks.load.Held;
import dev.signalbox.benchmarks.load.Life;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;

/** The bare map behind a call for each request. */
public final class BareUnary extends Bare {
  /** For the service loader. */
  public BareUnary() {}

  @Override
  public String name() {
    return "bare-unary";
  }

  @Override
  public Client connect(String endpoint, Life life) {
    return new UnaryClient(
        NettyChannelBuilder.forTarget("dns:///" + endpoint).usePlaintext().build());
  }

  private record UnaryClient(ManagedChannel channel) implements Client {
    @Override
    public Gate gate(String name, int max) {
      BareGrpc.BareBlockingStub stub = BareGrpc.newBlockingStub(channel);
      Request acquire = Request.newBuilder().setName(name).build();
      Request release = acquire.toBuilder().setAction(Action.ACTION_RELEASE).build();
      stub.call(acquire.toBuilder().setAction(Action.ACTION_CREATE).setMax(max).build());
      Held held = () -> stub.call(release);
      return () -> {
        stub.call(acquire);
        return held;
      };
    }

    @Override
    public void close() {
      channel.shutdownNow();
    }
  }
}
