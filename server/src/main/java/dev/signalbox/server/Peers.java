package dev.signalbox.server;

import dev.signalbox.server.replication.ratis.RatisOptions.Peer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The members of a cluster as an option says them: {@code n1=box1:7601,n2=box2,n3=box3}. */
final class Peers {
  /** The port that peers connect to unless another is said. */
  static final int DEFAULT_PORT = 7601;

  private static final Pattern PEER = Pattern.compile("([\\w.-]+)=([^,=]+?)(?::(\\d{1,5}))?");

  private Peers() {}

  /**
   * The members; none for an empty text.
   *
   * @throws InvalidOption if it cannot be read, or names a node twice
   */
  static List<Peer> parse(String text) {
    List<Peer> peers = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (String member : text.isEmpty() ? new String[0] : text.split(",", -1)) {
      Peer peer = peer(member.strip());
      if (!ids.add(peer.id())) {
        throw new InvalidOption("--peers names node '" + peer.id() + "' twice");
      }
      peers.add(peer);
    }
    return peers;
  }

  private static Peer peer(String member) {
    Matcher matcher = PEER.matcher(member);
    int port = !matcher.matches() ? 0 : port(matcher.group(3));
    if (port < 1 || port > 65_535) {
      throw new InvalidOption("--peers must be ID=HOST[:PORT],..., not '" + member + "'");
    }
    return new Peer(matcher.group(1), matcher.group(2), port);
  }

  private static int port(@Nullable String digits) {
    return digits == null ? DEFAULT_PORT : Integer.parseInt(digits);
  }
}
