package dev.signalbox.server.replication.ratis;

import dev.signalbox.server.replication.ClusterRefusal;
import dev.signalbox.server.replication.Member;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.ServerRpcProto;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientAsynchronousProtocol;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.SetConfigurationRequest;
import org.apache.ratis.protocol.TransferLeadershipRequest;
import org.apache.ratis.protocol.exceptions.LeaderNotReadyException;
import org.apache.ratis.protocol.exceptions.LeaderSteppingDownException;
import org.apache.ratis.protocol.exceptions.NotLeaderException;
import org.apache.ratis.protocol.exceptions.ReconfigurationTimeoutException;
import org.apache.ratis.server.RaftConfiguration;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One running server of the engine, and the few calls that are made to it. Thread-safe. */
final class Engine implements AutoCloseable, EntryLog {
  private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

  /** An election among nodes that answer takes a few round trips. */
  private static final long HAND_OVER_MILLIS = 2_000;

  private static final long CLOSE_MILLIS = 5_000;

  /** After it the engine has told its threads that they are to end. */
  private static final long CLOSING_MILLIS = 30;

  /** There is one group as yet; its id is in every data directory. */
  private static final RaftGroupId GROUP =
      RaftGroupId.valueOf(UUID.nameUUIDFromBytes("signalbox".getBytes(StandardCharsets.US_ASCII)));

  private final RaftServer server;
  private final RaftServer.Division division;
  private final ClientId client;
  private final AtomicLong lastCall = new AtomicLong();
  private final RaftClientAsynchronousProtocol calls;

  private Engine(RaftServer server, ClientId client) throws IOException {
    this.server = server;
    this.client = client;
    this.division = server.getDivision(GROUP);
    // It spares a hand-over between threads, if this release of the engine lets us.
    this.calls = division instanceof RaftClientAsynchronousProtocol direct ? direct : server;
  }

  /** Where the segments of the log are. */
  static Path segments(DataDirectory directory) {
    return directory.log().resolve(GROUP.getUuid().toString()).resolve("current");
  }

  /**
   * Starts: the machine is restored from its last snapshot, the rest is applied as soon as it is
   * known to be committed.
   *
   * @param client whose the entries are that are written here
   */
  static Engine start(
      RatisOptions options, DataDirectory directory, RestoredStateMachine machine, ClientId client)
      throws IOException {
    RaftProperties properties = RatisSettings.of(options, directory.log(), directory.removed());
    LOG.info("The log's settings: {}", RatisSettings.dump(properties));
    RaftServer server =
        RaftServer.newBuilder()
            .setServerId(RaftPeerId.valueOf(options.nodeId()))
            .setGroup(RaftGroup.valueOf(GROUP, founders(options)))
            .setStateMachine(machine)
            .setProperties(properties)
            .setOption(RaftStorage.StartupOption.RECOVER)
            .build();
    boolean started = false;
    try {
      server.start();
      started = true;
      return new Engine(server, client);
    } finally {
      if (!started) {
        server.close();
      }
    }
  }

  /** A number for the next write, to know its entry by. */
  long nextCall() {
    return lastCall.incrementAndGet();
  }

  /** Appends an entry; the reply comes after it was applied here. */
  CompletableFuture<RaftClientReply> write(long call, byte[] entry) {
    RaftClientRequest request =
        RaftClientRequest.newBuilder()
            .setClientId(client)
            .setServerId(server.getId())
            .setGroupId(GROUP)
            .setCallId(call)
            .setType(RaftClientRequest.writeRequestType())
            .setMessage(Message.valueOf(UnsafeByteOperations.unsafeWrap(entry)))
            .build();
    try {
      return calls.submitClientRequestAsync(request);
    } catch (IOException | RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** Whether this node is a majority by itself. */
  boolean isAlone() {
    RaftConfiguration members = division.getRaftConf();
    return members.getCurrentPeers().size() == 1
        && members.getPreviousPeers().isEmpty()
        && members.getPeer(server.getId()) != null;
  }

  /**
   * Makes sure that this node is not one that was removed.
   *
   * @throws RemovedNode if it is
   */
  void checkMember(RatisOptions options) throws RemovedNode {
    boolean founded = !peers().isEmpty();
    boolean member = division.getRaftConf().getPeer(server.getId()) != null;
    if (founded && !member && !options.join()) {
      throw new RemovedNode(options.nodeId());
    }
  }

  /**
   * Makes sure that this node needs nobody else.
   *
   * @throws UnusableLog if it does
   */
  void checkAlone(RatisOptions options) throws UnusableLog {
    checkMember(options);
    if (!isAlone()) {
      throw new UnusableLog(
          "node '"
              + options.nodeId()
              + "' shares its log with others: --peers must say where they find it");
    }
  }

  /** Whether this node leads, as far as it knows. */
  boolean leads() {
    return division.getInfo().isLeader();
  }

  /** Every member. */
  List<RaftPeer> peers() {
    return List.copyOf(division.getRaftConf().getCurrentPeers());
  }

  /** How long this node, if it leads, has not heard from each of the others, in milliseconds. */
  Map<RaftPeerId, Long> silence() {
    Map<RaftPeerId, Long> silence = new HashMap<>();
    for (ServerRpcProto follower :
        division.getInfo().getRoleInfoProto().getLeaderInfo().getFollowerInfoList()) {
      silence.put(RaftPeerId.valueOf(follower.getId().getId()), follower.getLastRpcElapsedTimeMs());
    }
    return silence;
  }

  /** Asks a member to take over, and waits until it has; false if it does not in time. */
  boolean handOver(RaftPeerId to) {
    try {
      return server
          .transferLeadership(
              new TransferLeadershipRequest(
                  client, server.getId(), GROUP, nextCall(), to, HAND_OVER_MILLIS))
          .isSuccess();
    } catch (IOException e) {
      LOG.info("{} did not take over: {}", to, e.toString());
      return false;
    }
  }

  /**
   * Makes these nodes the members, and waits until they are. New ones first copy the log.
   *
   * @param node the one that this is about
   * @throws ClusterRefusal if it does not come to that
   */
  void setPeers(List<RaftPeer> peers, String node) {
    SetConfigurationRequest.Arguments arguments =
        SetConfigurationRequest.Arguments.newBuilder()
            .setMode(SetConfigurationRequest.Mode.COMPARE_AND_SET)
            .setServersInCurrentConf(peers())
            .setServersInNewConf(peers)
            .build();
    SetConfigurationRequest request =
        new SetConfigurationRequest(client, server.getId(), GROUP, nextCall(), arguments);
    try {
      RaftClientReply reply = server.setConfigurationAsync(request).join();
      if (!reply.isSuccess()) {
        throw refusal(reply.getException(), node);
      }
    } catch (CompletionException | IOException e) {
      throw refusal(e.getCause() == null ? e : e.getCause(), node);
    }
  }

  /**
   * Changes the address of this node, which is alone. The engine looks at names and priorities only
   * to tell whether there is anything to change, hence the detour.
   */
  void readdress(RaftPeer self) {
    setPeers(List.of(RaftPeer.newBuilder(self).setPriority(1).build()), self.getId().toString());
    setPeers(List.of(self), self.getId().toString());
  }

  /** The place of the first entry that the log still has. */
  long firstEntry() {
    return division.getRaftLog().getStartIndex();
  }

  /** The last entry of the log. */
  TermIndex lastEntry() {
    return division.getRaftLog().getLastEntryTermIndex();
  }

  /** Nothing to do: the engine reads what is still open. */
  @Override
  public void seal() {}

  @Override
  public boolean read(long first, long last, EntryReader reader) throws IOException {
    for (long index = first; index <= last; index++) {
      LogEntryProto entry = division.getRaftLog().get(index);
      if (entry == null) {
        return false;
      }
      reader.read(entry);
    }
    return true;
  }

  @Override
  public void purge(long index) {
    var unused = division.getRaftLog().purge(index);
  }

  RaftServer server() {
    return server;
  }

  RaftServer.Division division() {
    return division;
  }

  RaftGroupId group() {
    return GROUP;
  }

  boolean callsDirectly() {
    return !calls.equals(server);
  }

  /**
   * Closes it, within bounds. The engine (3.3.0) waits, with its log locked, for the thread that
   * empties the cache of segments, and that thread may be waiting for the same lock: for ever. So
   * that thread is ended first. Everything that was acknowledged is on the disk before.
   *
   * <p>Its log thread looks once a second whether it is to end. Where nothing was handed to it, it
   * is told.
   */
  @Override
  public void close() throws IOException {
    boolean idle = lastCall.get() == 0 && isAlone();
    threads("-cacheEviction").forEach(Engine::end);
    CompletableFuture<Void> closed = new CompletableFuture<>();
    Thread closing = new Thread(() -> close(closed), "signalbox-log-close");
    closing.setDaemon(true);
    closing.start();
    if (idle && !isDone(closed, CLOSING_MILLIS)) {
      threads("-SegmentedRaftLogWorker").forEach(Thread::interrupt);
    }
    if (!isDone(closed, CLOSE_MILLIS)) {
      LOG.warn("The engine did not end in time and is left behind");
    }
  }

  private Stream<Thread> threads(String name) {
    String start = division.getMemberId() + name;
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(start));
  }

  private static void end(Thread thread) {
    thread.interrupt();
    try {
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void close(CompletableFuture<Void> closed) {
    try {
      server.close();
      closed.complete(null);
    } catch (IOException | RuntimeException e) {
      closed.completeExceptionally(e);
    }
  }

  private static boolean isDone(CompletableFuture<Void> closed, long millis) throws IOException {
    try {
      closed.get(millis, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    } catch (ExecutionException e) {
      throw new IOException("the engine did not close", e.getCause());
    }
  }

  private static ClusterRefusal refusal(@Nullable Throwable problem, String node) {
    if (problem instanceof NotLeaderException
        || problem instanceof LeaderNotReadyException
        || problem instanceof LeaderSteppingDownException) {
      return MemberChanges.notLeader();
    } else if (problem instanceof ReconfigurationTimeoutException) {
      return MemberChanges.unreachable(
          node, "node '" + node + "' did not catch up with the log; nothing was changed by it");
    }
    LOG.warn("The members could not be changed", problem);
    return MemberChanges.changing();
  }

  /** Whom a new log begins with: nobody, for a node that waits to be added. */
  private static List<RaftPeer> founders(RatisOptions options) {
    if (options.join()) {
      return List.of();
    }
    if (options.peers().isEmpty()) {
      Member self = new Member(options.nodeId(), "127.0.0.1:0", "");
      return List.of(RatisCluster.peer(self));
    }
    return options.peers().stream().map(RatisCluster::peer).toList();
  }
}
