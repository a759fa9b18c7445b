package dev.signalbox.client.internal;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.EventLoop;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.epoll.Epoll;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollIoHandler;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread on which a link lives: the event loop of its connections. To write from here costs
 * no hand-over to another thread, and what only this thread touches needs no lock.
 */
final class NetworkThread {
  private static final Logger LOG = LoggerFactory.getLogger(NetworkThread.class);
  private static final int FLOW_WINDOW = 4 << 20;
  private static final int LARGEST_FRAME = 64 << 20;

  private final EventLoopGroup group;
  private final EventLoop loop;

  NetworkThread() {
    group =
        new MultiThreadIoEventLoopGroup(
            1,
            new DefaultThreadFactory("signalbox-network", true),
            Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    loop = group.next();
  }

  /**
   * A channel to a server, {@code host:port}, whose callbacks come on this thread or through it.
   * Without keep-alive pings: heartbeats and their acknowledgements find a dead connection sooner.
   */
  ManagedChannel channel(String target) {
    Class<? extends Channel> type =
        Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class;
    return NettyChannelBuilder.forTarget("dns:///" + target)
        .eventLoopGroup(group)
        .channelType(type)
        .directExecutor()
        .usePlaintext()
        .flowControlWindow(FLOW_WINDOW)
        .maxInboundMessageSize(LARGEST_FRAME)
        .build();
  }

  /** Runs the task later; false if the thread has ended and never will. */
  boolean execute(Runnable task) {
    try {
      loop.execute(task);
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  /** Runs the task now if this is the thread, else later. */
  void run(Runnable task) {
    if (loop.inEventLoop()) {
      task.run();
    } else {
      execute(task);
    }
  }

  void schedule(Runnable task, long delayNanos) {
    var unused = loop.schedule(task, delayNanos, TimeUnit.NANOSECONDS);
  }

  /** Runs the task again and again, even if it fails. */
  void repeat(Runnable task, long periodNanos) {
    Runnable guarded =
        () -> {
          try {
            task.run();
          } catch (RuntimeException e) {
            LOG.error("A fault in the Signalbox client", e);
          }
        };
    var unused =
        loop.scheduleWithFixedDelay(guarded, periodNanos, periodNanos, TimeUnit.NANOSECONDS);
  }

  void end() {
    var unused = group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
