package dev.signalbox.server;

import dev.signalbox.server.replication.Member;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The members of a cluster as an option says them: {@code n1=box1:7601/10.1.0.1:7600,n2=box2}; what
 * follows the slash is where clients find the node, if that is not the same host.
 */
final class Peers {
  /** The port that peers connect to unless another is said. */
  static final int DEFAULT_PORT = 7601;

  /** The port that clients connect to unless another is said. */
  static final int DEFAULT_CLIENT_PORT = 7600;

  private static final Pattern PEER =
      Pattern.compile("([\\w.-]+)=([^,=/]+?)(?::(\\d{1,5}))?(?:/([^,=/]+):(\\d{1,5}))?");

  private Peers() {}

  /**
   * The members; none for an empty text.
   *
   * @throws InvalidOption if it cannot be read, or names a node twice
   */
  static List<Member> parse(String text) {
    List<Member> peers = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (String member : text.isEmpty() ? new String[0] : text.split(",", -1)) {
      Member peer = peer(member.strip());
      if (!ids.add(peer.id())) {
        throw new InvalidOption("--peers names node '" + peer.id() + "' twice");
      }
      peers.add(peer);
    }
    return peers;
  }

  private static Member peer(String member) {
    Matcher matcher = PEER.matcher(member);
    if (!matcher.matches()) {
      throw invalid(member);
    }
    String host = matcher.group(2);
    int port = port(matcher.group(3), DEFAULT_PORT, member);
    String clientHost = matcher.group(4) == null ? host : matcher.group(4);
    int clientPort = port(matcher.group(5), DEFAULT_CLIENT_PORT, member);
    return new Member(matcher.group(1), host + ":" + port, clientHost + ":" + clientPort);
  }

  private static int port(@Nullable String digits, int otherwise, String member) {
    int port = digits == null ? otherwise : Integer.parseInt(digits);
    if (port < 1 || port > 65_535) {
      throw invalid(member);
    }
    return port;
  }

  private static InvalidOption invalid(String member) {
    return new InvalidOption(
        "--peers must be ID=HOST[:PORT][/CLIENT_HOST:CLIENT_PORT],..., not '" + member + "'");
  }
}
