package dev.signalbox.server;

import dev.signalbox.server.replication.Member;
import dev.signalbox.v1.AddNodesRequest;
import dev.signalbox.v1.ClusterServiceGrpc.ClusterServiceBlockingStub;
import dev.signalbox.v1.ClusterView;
import dev.signalbox.v1.GetClusterRequest;
import dev.signalbox.v1.Node;
import dev.signalbox.v1.NodeStatus;
import dev.signalbox.v1.RemoveNodeRequest;
import dev.signalbox.v1.TransferLeadershipRequest;
import io.grpc.StatusRuntimeException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * The operator's tool: looks at a cluster and changes it, through any of its nodes. Exits with 0 if
 * that went well, with 1 if it was refused or nobody answered, with 2 if it was not understood.
 */
final class ClusterCommand {
  private static final String WORD = "cluster";
  private static final String TARGET = "--target=";
  private static final String DEFAULT_TARGET = "127.0.0.1:7600";
  private static final int REFUSED = 1;
  private static final int NOT_UNDERSTOOD = 2;

  private final LeaderCalls calls;
  private final PrintStream out;

  private ClusterCommand(LeaderCalls calls, PrintStream out) {
    this.calls = calls;
    this.out = out;
  }

  static boolean isMeant(List<String> args) {
    return !args.isEmpty() && args.get(0).equals(WORD);
  }

  static String help() {
    return """
    Usage: signalbox-server cluster COMMAND [--target=HOST:PORT,...]

      status                 who is in the cluster, who leads, who is silent
      add NODE...            add nodes that were started with --join
      remove ID              remove a node, dead or alive; one that is alive stops
      replace ID NODE        add the new one, then remove the old one
      transfer [ID]          make another node lead

    NODE is ID=HOST[:PORT][/CLIENT_HOST:CLIENT_PORT], as in --peers.
    --target names the client ports of some nodes [127.0.0.1:7600]; the one that leads is found from there.
    """;
  }

  static int run(List<String> args, PrintStream out, PrintStream err) {
    List<String> words = new ArrayList<>(args.subList(1, args.size()));
    if (words.isEmpty() || words.contains("--help")) {
      (words.isEmpty() ? err : out).print(help());
      return words.isEmpty() ? NOT_UNDERSTOOD : 0;
    }
    try (LeaderCalls calls = new LeaderCalls(takeTargets(words))) {
      new ClusterCommand(calls, out).run(words.get(0), words.subList(1, words.size()));
      return 0;
    } catch (InvalidOption e) {
      err.println("signalbox-server: " + e.getMessage());
      return NOT_UNDERSTOOD;
    } catch (StatusRuntimeException e) {
      err.println("signalbox-server: " + LeaderCalls.message(e));
      return REFUSED;
    }
  }

  private void run(String command, List<String> operands) {
    switch (command) {
      case "status" -> {
        need(operands.isEmpty(), "status takes no operand");
        print(calls.askAnyone(node -> node.getCluster(GetClusterRequest.getDefaultInstance())));
      }
      case "add" -> {
        need(!operands.isEmpty(), "add takes at least one ID=HOST");
        print(calls.askLeader(adding(operands)));
      }
      case "remove" -> {
        need(operands.size() == 1, "remove takes one ID");
        print(calls.askLeader(removing(operands.get(0))));
      }
      case "replace" -> {
        need(operands.size() == 2, "replace takes the old ID and the new ID=HOST");
        calls.askLeader(adding(operands.subList(1, 2)));
        print(calls.askLeader(removing(operands.get(0))));
      }
      case "transfer" -> {
        need(operands.size() <= 1, "transfer takes one ID or none");
        print(calls.askLeader(transferring(operands.isEmpty() ? "" : operands.get(0))));
      }
      default -> throw new InvalidOption("unknown command cluster " + command + " (see --help)");
    }
  }

  private void print(ClusterView view) {
    String format = "%-12s %-9s %-24s %-24s %10s  %s%n";
    out.printf(Locale.ROOT, format, "NODE", "ROLE", "PEERS", "CLIENTS", "APPLIED", "HEARD");
    for (NodeStatus status : view.getNodesList()) {
      Node node = status.getNode();
      out.printf(
          Locale.ROOT,
          format,
          node.getId(),
          node.getId().equals(view.getLeaderId()) ? "leader" : "follower",
          orDash(node.getPeerAddress()),
          orDash(node.getClientAddress()),
          status.getAppliedIndex() < 0 ? "-" : status.getAppliedIndex(),
          heard(status));
    }
    out.printf(Locale.ROOT, "as node %s knows it, term %d%n", view.getAnsweredBy(), view.getTerm());
  }

  private static String heard(NodeStatus status) {
    double seconds =
        status.getSilentFor().getSeconds() + status.getSilentFor().getNanos() / 1_000_000_000.0;
    return status.hasSilentFor() ? String.format(Locale.ROOT, "%.1f s ago", seconds) : "-";
  }

  private static String orDash(String text) {
    return text.isEmpty() ? "-" : text;
  }

  private static Function<ClusterServiceBlockingStub, ClusterView> adding(List<String> nodes) {
    AddNodesRequest.Builder request = AddNodesRequest.newBuilder();
    for (Member member : Peers.parse(String.join(",", nodes))) {
      request.addNodes(
          Node.newBuilder()
              .setId(member.id())
              .setPeerAddress(member.peerAddress())
              .setClientAddress(member.clientAddress()));
    }
    return node -> node.addNodes(request.build());
  }

  private static Function<ClusterServiceBlockingStub, ClusterView> removing(String id) {
    return node -> node.removeNode(RemoveNodeRequest.newBuilder().setId(id).build());
  }

  private static Function<ClusterServiceBlockingStub, ClusterView> transferring(String id) {
    return node ->
        node.transferLeadership(TransferLeadershipRequest.newBuilder().setId(id).build());
  }

  private static void need(boolean good, String otherwise) {
    if (!good) {
      throw new InvalidOption("cluster " + otherwise + " (see cluster --help)");
    }
  }

  private static List<String> takeTargets(List<String> words) {
    List<String> targets = new ArrayList<>();
    for (String word : List.copyOf(words)) {
      if (word.startsWith(TARGET)) {
        targets.addAll(List.of(word.substring(TARGET.length()).split(",")));
        words.remove(word);
      }
    }
    need(!words.isEmpty(), "needs a command");
    return targets.isEmpty() ? List.of(DEFAULT_TARGET) : targets;
  }
}
