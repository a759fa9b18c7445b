package dev.signalbox.server;

import static org.awaitility.Awaitility.await;

import dev.signalbox.server.replication.Member;
import dev.signalbox.v1.ClusterServiceGrpc;
import dev.signalbox.v1.ClusterServiceGrpc.ClusterServiceBlockingStub;
import dev.signalbox.v1.ClusterView;
import dev.signalbox.v1.GetClusterRequest;
import dev.signalbox.v1.Node;
import dev.signalbox.v1.NodeStatus;
import dev.signalbox.v1.SessionServiceGrpc;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Whole servers that share their log, in one process, over the loopback interface. */
public final class TestCluster implements AutoCloseable {
  public static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path directory;
  private final Map<String, Member> known = new TreeMap<>();
  private String founders = "";
  private final Map<String, TestServer> running = new TreeMap<>();

  public TestCluster(Path directory) {
    this.directory = directory;
  }

  /** Starts nodes that begin a log together. */
  public TestCluster found(String... ids) {
    for (String id : ids) {
      member(id);
    }
    founders = List.of(ids).stream().map(this::text).collect(Collectors.joining(","));
    for (String id : ids) {
      start(id, options(id).peers(founders));
    }
    return this;
  }

  /** Starts a node that waits to be added, or was once. */
  public TestServer join(String id) {
    return start(id, options(id).peers(text(id)).join(true));
  }

  /** Starts a node that was founded again. */
  public TestServer restart(String id) {
    return start(id, options(id).peers(founders));
  }

  /** Starts the founders again that do not run. */
  public void restartAll() {
    known.keySet().stream().filter(id -> !running.containsKey(id)).forEach(this::restart);
  }

  /** Stops the node that leads. */
  public void stopLeader() {
    stop(leader());
  }

  public void stop(String id) {
    TestServer server = running.remove(id);
    if (server != null) {
      server.close();
    }
  }

  public TestServer node(String id) {
    TestServer server = running.get(id);
    if (server == null) {
      throw new IllegalStateException(id + " does not run");
    }
    return server;
  }

  /** Who the node is, and where it is found. */
  public Member member(String id) {
    return known.computeIfAbsent(
        id, i -> new Member(i, "127.0.0.1:" + freePort(), "127.0.0.1:" + freePort()));
  }

  public Node wire(String id) {
    return Node.newBuilder()
        .setId(id)
        .setPeerAddress(member(id).peerAddress())
        .setClientAddress(member(id).clientAddress())
        .build();
  }

  /** The node as --peers says it. */
  public String text(String id) {
    return id + "=" + member(id).peerAddress() + "/" + member(id).clientAddress();
  }

  public String target(String id) {
    return member(id).clientAddress();
  }

  public ClusterServiceBlockingStub admin(String id) {
    return ClusterServiceGrpc.newBlockingStub(node(id).channel())
        .withDeadlineAfter(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  public ClusterView view(String id) {
    return admin(id).getCluster(GetClusterRequest.getDefaultInstance());
  }

  public static List<String> ids(ClusterView view) {
    return view.getNodesList().stream().map(status -> status.getNode().getId()).toList();
  }

  /** The id of the node that leads, as soon as it serves clients. */
  public String leader() {
    await().atMost(PATIENCE).until(() -> running.keySet().stream().anyMatch(this::leads));
    return running.keySet().stream().filter(this::leads).findAny().orElseGet(this::leader);
  }

  public String follower() {
    String leader = leader();
    return running.keySet().stream().filter(id -> !id.equals(leader)).findAny().orElseThrow();
  }

  /** Waits until every member is said to have applied as much as the one that leads. */
  public void awaitLevel() {
    await()
        .atMost(PATIENCE)
        .until(() ->
            view(leader()).getNodesList().stream()
                    .map(NodeStatus::getAppliedIndex)
                    .distinct()
                    .count()
                == 1);
  }

  /** Waits until the one that leads has heard from every other just now. */
  public void awaitMembersHeard() {
    await()
        .atMost(PATIENCE)
        .until(() -> {
          String leader = leader();
          return view(leader).getNodesList().stream()
              .filter(status -> !status.getNode().getId().equals(leader))
              .allMatch(status -> status.hasSilentFor() && status.getSilentFor().getSeconds() == 0);
        });
  }

  @Override
  public void close() {
    List.copyOf(running.keySet()).forEach(this::stop);
  }

  /** How a service of the node says it is; empty: the node. */
  public ServingStatus health(String id, String service) {
    return HealthGrpc.newBlockingStub(node(id).channel())
        .withDeadlineAfter(PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .check(HealthCheckRequest.newBuilder().setService(service).build())
        .getStatus();
  }

  private boolean leads(String id) {
    return health(id, SessionServiceGrpc.SERVICE_NAME) == ServingStatus.SERVING;
  }

  private ServerOptions.Builder options(String id) {
    String clients = member(id).clientAddress();
    return ServerOptions.builder()
        .nodeId(id)
        .dataDir(directory.resolve(id))
        .clientPort(Integer.parseInt(clients.substring(clients.lastIndexOf(':') + 1)));
  }

  private TestServer start(String id, ServerOptions.Builder options) {
    TestServer server = TestServer.start(options.build());
    running.put(id, server);
    return server;
  }

  private static int freePort() {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
