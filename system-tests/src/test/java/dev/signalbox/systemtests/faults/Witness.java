package dev.signalbox.systemtests.faults;

import com.google.protobuf.ByteString;
import dev.signalbox.v1.AcquireResult;
import dev.signalbox.v1.ClientFrame;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/**
 * Asks every node the same all the time, each directly, and waits for no answer before it asks
 * again. So it sees a node that answers as if it led while another one does.
 *
 * <p>A semaphore that is only ever signalled serves as a clock: whoever reads less than what was
 * confirmed before it was asked reads stale. A semaphore of one, whose grants expire, shows grants
 * that overlap. A session that never ends shows heartbeats that are calls; another one, on a stream
 * to the node that led first, those that pass by the log.
 */
final class Witness implements AutoCloseable {
  private static final String CLOCK = "witness/clock";
  private static final String ONE = "witness/one";
  private static final Duration LONG_LEASE = Duration.ofMinutes(10);
  private static final long PERIOD_MILLIS = 25;

  /** Of the shortest lease, as {@link DirectCalls#tryAcquire} asks for; less some inexactness. */
  private static final long LEASE_NANOS = Duration.ofMillis(950).toNanos();

  private final List<Node> nodes;
  private final ByteString session;
  private final AtomicInteger confirmed = new AtomicInteger();
  private final Queue<Claim> claims = new ConcurrentLinkedQueue<>();
  private final Queue<Claim> grants = new ConcurrentLinkedQueue<>();
  private final Queue<String> staleReads = new ConcurrentLinkedQueue<>();
  private final StreamObserver<ClientFrame> stream;
  private final Map<Long, Long> sentAt = new ConcurrentHashMap<>();
  private long lastFrame = 1;
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

  /** Starts to ask the nodes of a cluster. */
  @SuppressWarnings("FutureReturnValueIgnored")
  Witness(Cluster cluster) {
    this.nodes = cluster.nodes();
    DirectCalls leader = cluster.leader().calls();
    leader.create(CLOCK, 0, Integer.MAX_VALUE);
    leader.create(ONE, 1, 1);
    session = leader.openSession("witness", LONG_LEASE).join();
    Node streaming = cluster.leader();
    stream = streaming.calls().stream(LONG_LEASE, frame -> renewed(streaming, frame));
    clock.scheduleAtFixedRate(this::askAll, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  /**
   * Asks no more, and says what cannot have been answered by nodes of which one at a time leads.
   */
  List<String> contradictions() {
    clock.shutdownNow();
    List<String> found = new ArrayList<>(staleReads);
    Claim.contradicted(List.copyOf(claims)).forEach(claim -> found.add("no leader: " + claim));
    found.addAll(overlaps(List.copyOf(grants)));
    return found;
  }

  /** How often a node answered as a leader what it was asked between two moments. */
  long claims(Node node, long from, long until) {
    return claims.stream()
        .filter(claim -> claim.node().equals(node.name()))
        .filter(claim -> claim.begun() >= from && claim.ended() <= until)
        .count();
  }

  /** How often a grant was seen. */
  int grants() {
    return grants.size();
  }

  /** Asks nobody any more. */
  @Override
  public void close() {
    clock.shutdownNow();
  }

  private void askAll() {
    nodes.forEach(this::ask);
    beat();
  }

  private void beat() {
    sentAt.put(++lastFrame, System.nanoTime());
    stream.onNext(ClientFrame.newBuilder().setFrame(lastFrame).build());
  }

  private void renewed(Node node, long frame) {
    Long begun = sentAt.remove(frame);
    if (begun != null) {
      claims.add(new Claim(node.name(), begun, System.nanoTime(), "heartbeat on a stream"));
    }
  }

  private void ask(Node node) {
    DirectCalls calls = node.calls();
    int before = confirmed.get();
    note(node, "read", calls.count(CLOCK), (call, count) -> judge(node, before, count));
    note(node, "heartbeat", calls.renew(session), (call, renewed) -> {});
    note(node, "signal", calls.signal(CLOCK), (call, released) -> confirmed.incrementAndGet());
    note(node, "acquire", calls.tryAcquire(ONE), this::judge);
  }

  private <T> void note(
      Node node, String what, CompletableFuture<T> answer, BiConsumer<Claim, T> judgement) {
    long begun = System.nanoTime();
    var unused =
        answer.thenAccept(value -> {
          Claim claim = new Claim(node.name(), begun, System.nanoTime(), what);
          claims.add(claim);
          judgement.accept(claim, value);
        });
  }

  private void judge(Claim claim, AcquireResult result) {
    if (result.hasGrant()) {
      grants.add(claim);
    }
  }

  private void judge(Node node, int before, int count) {
    if (count < before) {
      staleReads.add(node.name() + " read " + count + " after " + before + " were confirmed");
    }
  }

  /** Grants of one permit, of which the later one was made before the earlier could expire. */
  private static List<String> overlaps(List<Claim> grants) {
    List<Claim> inOrder = grants.stream().sorted(Comparator.comparingLong(Claim::begun)).toList();
    List<String> found = new ArrayList<>();
    for (int i = 1; i < inOrder.size(); i++) {
      Claim one = inOrder.get(i - 1);
      Claim next = inOrder.get(i);
      if (next.ended() - one.begun() < LEASE_NANOS) {
        found.add("granted twice: " + one + ", " + next);
      }
    }
    return found;
  }
}
