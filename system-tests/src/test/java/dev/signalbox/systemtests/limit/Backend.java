package dev.signalbox.systemtests.limit;

import com.google.protobuf.Empty;
import com.google.protobuf.StringValue;
import io.grpc.InsecureServerCredentials;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * What is to be protected: it knows nothing of limits, and counts what comes. A call is under way
 * from its arrival until right before it is answered, or until its caller has gone.
 */
final class Backend implements AutoCloseable {
  /** Says who calls; answers when its work is done. */
  static final MethodDescriptor<StringValue, Empty> WORK =
      MethodDescriptor.<StringValue, Empty>newBuilder()
          .setType(MethodDescriptor.MethodType.UNARY)
          .setFullMethodName(MethodDescriptor.generateFullMethodName("test.Backend", "Work"))
          .setRequestMarshaller(ProtoUtils.marshaller(StringValue.getDefaultInstance()))
          .setResponseMarshaller(ProtoUtils.marshaller(Empty.getDefaultInstance()))
          .build();

  private final AtomicInteger atOnce = new AtomicInteger();
  private final AtomicInteger mostAtOnce = new AtomicInteger();
  private final AtomicInteger cutOff = new AtomicInteger();
  private final Queue<Long> arrivals = new ConcurrentLinkedQueue<>();
  private final Map<String, LongAdder> byCaller = new ConcurrentHashMap<>();
  private final ScheduledExecutorService work = Executors.newScheduledThreadPool(2);
  private final Server server;

  Backend() {
    var service =
        ServerServiceDefinition.builder("test.Backend")
            .addMethod(WORK, ServerCalls.asyncUnaryCall(this::arrive))
            .build();
    try {
      server =
          NettyServerBuilder.forAddress(
                  new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                  InsecureServerCredentials.create())
              .addService(service)
              .build()
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it listens: host:port. */
  String target() {
    return "127.0.0.1:" + server.getPort();
  }

  private void arrive(StringValue caller, StreamObserver<Empty> answer) {
    arrivals.add(System.nanoTime());
    mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
    byCaller.computeIfAbsent(caller.getValue(), any -> new LongAdder()).increment();
    AtomicBoolean left = new AtomicBoolean();
    ((ServerCallStreamObserver<Empty>) answer)
        .setOnCancelHandler(() -> {
          if (leaves(left)) {
            cutOff.incrementAndGet();
          }
        });
    work.schedule(() -> complete(answer, left), workMillis(), TimeUnit.MILLISECONDS);
  }

  private void complete(StreamObserver<Empty> answer, AtomicBoolean left) {
    if (leaves(left)) {
      answer.onNext(Empty.getDefaultInstance());
      answer.onCompleted();
    }
  }

  private boolean leaves(AtomicBoolean left) {
    boolean leaves = left.compareAndSet(false, true);
    if (leaves) {
      atOnce.decrementAndGet();
    }
    return leaves;
  }

  /** Most calls are short, one in ten is not: now the rate is what limits them, now the number. */
  private static int workMillis() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return random.nextInt(10) == 0 ? 200 : random.nextInt(5, 30);
  }

  int atOnce() {
    return atOnce.get();
  }

  int mostAtOnce() {
    return mostAtOnce.get();
  }

  /** Calls whose caller was gone before their end. */
  int cutOff() {
    return cutOff.get();
  }

  Arrivals arrivals() {
    return Arrivals.of(arrivals.stream().mapToLong(Long::longValue).toArray());
  }

  long callsOf(String caller) {
    LongAdder calls = byCaller.get(caller);
    return calls == null ? 0 : calls.sum();
  }

  @Override
  public void close() {
    server.shutdownNow();
    work.shutdownNow();
  }
}
