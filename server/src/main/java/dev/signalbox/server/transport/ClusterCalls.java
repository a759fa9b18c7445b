package dev.signalbox.server.transport;

import dev.signalbox.server.core.InvalidField;
import dev.signalbox.server.replication.Cluster;
import dev.signalbox.server.replication.ClusterRefusal;
import dev.signalbox.server.replication.ClusterStatus;
import dev.signalbox.server.replication.ClusterStatus.MemberStatus;
import dev.signalbox.server.replication.Member;
import dev.signalbox.v1.AddNodesRequest;
import dev.signalbox.v1.ClusterServiceGrpc.ClusterServiceImplBase;
import dev.signalbox.v1.ClusterView;
import dev.signalbox.v1.GetClusterRequest;
import dev.signalbox.v1.Node;
import dev.signalbox.v1.NodeStatus;
import dev.signalbox.v1.RemoveNodeRequest;
import dev.signalbox.v1.TransferLeadershipRequest;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The unary calls about the cluster. */
final class ClusterCalls extends ClusterServiceImplBase {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterCalls.class);
  private static final Pattern ID = Pattern.compile("[\\w.-]{1,64}");
  private static final Pattern ADDRESS = Pattern.compile("[^,=/\\s]{1,255}:([0-9]{1,5})");
  private static final int LARGEST_PORT = 65_535;

  private final Cluster cluster;

  ClusterCalls(Cluster cluster) {
    this.cluster = cluster;
  }

  @Override
  public void getCluster(GetClusterRequest request, StreamObserver<ClusterView> out) {
    change(out, () -> CompletableFuture.completedFuture(null));
  }

  @Override
  public void addNodes(AddNodesRequest request, StreamObserver<ClusterView> out) {
    change(out, () -> cluster.add(members(request)));
  }

  @Override
  public void removeNode(RemoveNodeRequest request, StreamObserver<ClusterView> out) {
    change(out, () -> cluster.remove(id("id", request.getId())));
  }

  @Override
  public void transferLeadership(
      TransferLeadershipRequest request, StreamObserver<ClusterView> out) {
    String id = request.getId();
    change(out, () -> cluster.transfer(id.isEmpty() ? id : id("id", id)));
  }

  /** Answers how the cluster is when the change is made. */
  private void change(StreamObserver<ClusterView> out, Supplier<CompletableFuture<Void>> change) {
    // A caller that has gone is no error of whoever answers it.
    ((ServerCallStreamObserver<?>) out).setOnCancelHandler(() -> {});
    try {
      var unused = change.get().whenComplete((done, problem) -> answer(out, problem));
    } catch (InvalidField e) {
      out.onError(Errors.exception(Errors.invalid(e)));
    }
  }

  private void answer(StreamObserver<ClusterView> out, @Nullable Throwable problem) {
    if (problem == null) {
      out.onNext(view(cluster.status()));
      out.onCompleted();
    } else {
      out.onError(refusal(problem.getCause() == null ? problem : problem.getCause()));
    }
  }

  private Exception refusal(Throwable problem) {
    if (problem instanceof ClusterRefusal refusal) {
      return Errors.exception(Errors.refused(refusal, cluster));
    }
    LOG.error("A change of the cluster failed", problem);
    return Status.INTERNAL.withDescription(problem.toString()).asRuntimeException();
  }

  private ClusterView view(ClusterStatus status) {
    ClusterView.Builder view =
        ClusterView.newBuilder()
            .setLeaderId(status.leader())
            .setTerm(status.term())
            .setAnsweredBy(cluster.nodeId());
    status.members().forEach(member -> view.addNodes(view(member)));
    return view.build();
  }

  private static NodeStatus view(MemberStatus status) {
    Member member = status.member();
    NodeStatus.Builder view =
        NodeStatus.newBuilder()
            .setAppliedIndex(status.appliedIndex())
            .setNode(
                Node.newBuilder()
                    .setId(member.id())
                    .setPeerAddress(member.peerAddress())
                    .setClientAddress(member.clientAddress()));
    if (status.silentMillis() >= 0) {
      view.setSilentFor(WireTime.duration(status.silentMillis() * 1_000));
    }
    return view.build();
  }

  private static List<Member> members(AddNodesRequest request) {
    InvalidField.unless(request.getNodesCount() > 0, "nodes", "must not be empty");
    List<Member> members = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < request.getNodesCount(); i++) {
      Node node = request.getNodes(i);
      String field = "nodes[" + i + "].";
      InvalidField.unless(ids.add(id(field + "id", node.getId())), field + "id", "is there twice");
      members.add(
          new Member(
              node.getId(),
              address(field + "peer_address", node.getPeerAddress()),
              address(field + "client_address", node.getClientAddress())));
    }
    return members;
  }

  private static String id(String field, String id) {
    InvalidField.unless(
        ID.matcher(id).matches(), field, "must be 1 to 64 of letters, digits, '.', '_' and '-'");
    return id;
  }

  private static String address(String field, String address) {
    Matcher matcher = ADDRESS.matcher(address);
    boolean good = matcher.matches() && isPort(Integer.parseInt(matcher.group(1)));
    InvalidField.unless(good, field, "must be host:port");
    return address;
  }

  private static boolean isPort(int port) {
    return port >= 1 && port <= LARGEST_PORT;
  }
}
