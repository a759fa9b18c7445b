package dev.signalbox.server;

import io.envoyproxy.envoy.extensions.common.ratelimit.v3.RateLimitDescriptor;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitRequest;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitServiceGrpc;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitServiceGrpc.RateLimitServiceBlockingStub;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** A server with rules, asked as Envoy asks: by the protocol's own messages and stubs. */
public final class RateLimitServer implements AutoCloseable {
  public final TestServer server;
  private final Path file;

  private RateLimitServer(TestServer server, Path file) {
    this.server = server;
    this.file = file;
  }

  /** A server by the rules of the file, for which time passes as the clock says. */
  public static RateLimitServer start(
      ServerOptions.Builder options, Path file, String rules, LongSupplier clock) {
    write(file, rules);
    return new RateLimitServer(TestServer.start(options.rateLimits(file).build(), clock), file);
  }

  public static ServerOptions.Builder inMemory() {
    return ServerOptions.builder().log("volatile").clientPort(0);
  }

  /** Replaces the rules. */
  public void rules(String rules) {
    write(file, rules);
  }

  public RateLimitServiceBlockingStub stub() {
    return RateLimitServiceGrpc.newBlockingStub(server.channel())
        .withDeadlineAfter(20, TimeUnit.SECONDS);
  }

  public RateLimitResponse ask(RateLimitRequest.Builder request) {
    return stub().shouldRateLimit(request.build());
  }

  /** Asks with one descriptor of one entry. */
  public RateLimitResponse ask(String domain, String key, String value) {
    return ask(request(domain, descriptor(key, value)));
  }

  /** What is left of a semaphore. */
  public int count(String name) {
    return server.semaphore(name).getCount();
  }

  public static RateLimitRequest.Builder request(
      String domain, RateLimitDescriptor.Builder... descriptors) {
    RateLimitRequest.Builder request = RateLimitRequest.newBuilder().setDomain(domain);
    for (RateLimitDescriptor.Builder descriptor : descriptors) {
      request.addDescriptors(descriptor);
    }
    return request;
  }

  /** Of keys and values in turn. */
  public static RateLimitDescriptor.Builder descriptor(String... way) {
    RateLimitDescriptor.Builder descriptor = RateLimitDescriptor.newBuilder();
    for (int i = 0; i < way.length; i += 2) {
      descriptor.addEntries(
          RateLimitDescriptor.Entry.newBuilder().setKey(way[i]).setValue(way[i + 1]));
    }
    return descriptor;
  }

  @Override
  public void close() {
    server.close();
  }

  private static void write(Path file, String rules) {
    try {
      Files.writeString(file, rules);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
