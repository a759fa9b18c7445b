package dev.signalbox.server.replication.ratis;

import dev.signalbox.server.replication.Member;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientAsynchronousProtocol;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftConfiguration;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One running server of the engine, and the few calls that are made to it. Thread-safe. */
final class Engine implements AutoCloseable, EntryLog {
  private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

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
      RatisOptions options, DataDirectory directory, LogStateMachine machine, ClientId client)
      throws IOException {
    RaftProperties properties = RatisSettings.of(options, directory.log(), directory.removed());
    LOG.info("The log's settings: {}", RatisSettings.dump(properties));
    RaftServer server =
        RaftServer.newBuilder()
            .setServerId(RaftPeerId.valueOf(options.nodeId()))
            .setGroup(RaftGroup.valueOf(GROUP, peers(options)))
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
    return members.getCurrentPeers().size() == 1 && members.getPreviousPeers().isEmpty();
  }

  /** The place of the first entry that the log still has. */
  long firstEntry() {
    return division.getRaftLog().getStartIndex();
  }

  @Override
  public @Nullable LogEntryProto entry(long index) throws IOException {
    return division.getRaftLog().get(index);
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

  ClientId client() {
    return client;
  }

  boolean callsDirectly() {
    return !calls.equals(server);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private static List<RaftPeer> peers(RatisOptions options) {
    List<RaftPeer> peers = new ArrayList<>();
    for (Member member : options.peers()) {
      peers.add(RatisCluster.peer(member));
    }
    if (peers.isEmpty()) {
      peers.add(RaftPeer.newBuilder().setId(options.nodeId()).setAddress("127.0.0.1:0").build());
    }
    return peers;
  }
}
