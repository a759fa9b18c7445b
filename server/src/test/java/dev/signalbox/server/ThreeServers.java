package dev.signalbox.server;

import static org.awaitility.Awaitility.await;

import dev.signalbox.v1.ListSessionsRequest;
import dev.signalbox.v1.SemaphoreServiceGrpc;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Three servers in one process that replicate, over the loopback interface. */
final class ThreeServers implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final List<String> IDS = List.of("n1", "n2", "n3");

  private final Path directory;
  private final String peers;
  private final Map<String, TestServer> running = new TreeMap<>();

  ThreeServers(Path directory) {
    this.directory = directory;
    this.peers =
        IDS.stream().map(id -> id + "=127.0.0.1:" + freePort()).collect(Collectors.joining(","));
    startAll();
  }

  /** Starts those that do not run. */
  void startAll() {
    List<String> missing = IDS.stream().filter(id -> !running.containsKey(id)).toList();
    Stream<CompletableFuture<TestServer>> starting =
        missing.stream().map(id -> CompletableFuture.supplyAsync(() -> start(id)));
    List<CompletableFuture<TestServer>> started = starting.toList();
    for (int i = 0; i < missing.size(); i++) {
      running.put(missing.get(i), started.get(i).join());
    }
  }

  private TestServer start(String id) {
    return TestServer.start(
        ServerOptions.builder()
            .clientPort(0)
            .dataDir(directory.resolve(id))
            .nodeId(id)
            .peers(peers)
            .build());
  }

  /** The server that leads, as soon as one does. */
  TestServer leader() {
    return Objects.requireNonNull(
        running.get(await().atMost(PATIENCE).until(this::find, Objects::nonNull)));
  }

  /** Stops the server that leads; the answer is its successor. */
  TestServer failOver() {
    leader();
    String old = Objects.requireNonNull(find());
    Objects.requireNonNull(running.remove(old)).close();
    return leader();
  }

  private @Nullable String find() {
    return running.keySet().stream().filter(id -> leads(running.get(id))).findFirst().orElse(null);
  }

  /** Only a leader can read. */
  private static boolean leads(@Nullable TestServer server) {
    try {
      SemaphoreServiceGrpc.newBlockingStub(Objects.requireNonNull(server).channel())
          .withDeadlineAfter(5, TimeUnit.SECONDS)
          .listSessions(ListSessionsRequest.getDefaultInstance());
      return true;
    } catch (StatusRuntimeException e) {
      return false;
    }
  }

  @Override
  public void close() {
    running.values().forEach(TestServer::close);
  }

  private static int freePort() {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
