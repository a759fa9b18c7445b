package dev.signalbox.systemtests.faults;

import dev.signalbox.client.fixtures.FaultyNetwork;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * What the nodes of a cluster reach each other through. Clients do not use it, so a node can be cut
 * from its peers and from nobody else.
 *
 * <p>The members' addresses are the same for all of them, as they are replicated. But they are
 * names, and each node looks names up in a file of its own: so each reaches the same peer by
 * another address of the loopback interface, and it is known who calls whom.
 */
final class PeerNetwork implements AutoCloseable {
  /** From a node to another one. */
  private record Way(String from, String to) {}

  private final Path folder;
  private final List<String> nodes;
  private final Map<String, Integer> ports = new HashMap<>();
  private final Map<Way, FaultyNetwork> ways = new HashMap<>();

  /**
   * A good network.
   *
   * @param folder for the nodes' files of names
   * @param nodes ids of all nodes that there will be
   */
  PeerNetwork(Path folder, List<String> nodes) {
    this.folder = folder;
    this.nodes = nodes;
    nodes.forEach(node -> ports.put(node, Ports.free()));
    for (String from : nodes) {
      nodes.forEach(to -> ways.put(new Way(from, to), way(from, to)));
      write(hosts(from), names(from));
    }
  }

  /** A member as the server's options name it. */
  String member(String node) {
    return node + "=" + name(node) + ":" + port(node);
  }

  /** Flags of the JVM of a node. */
  List<String> jvmFlags(String node) {
    return List.of("-Djdk.net.hosts.file=" + hosts(node));
  }

  /** Breaks every connection between the node and its peers, and makes new ones fail. */
  void cut(String node) {
    forWaysOf(node, FaultyNetwork::refuse);
  }

  /** Loses everything between the node and its peers, and tells neither side. */
  void silence(String node) {
    forWaysOf(node, FaultyNetwork::silence);
  }

  /** Is a good network again. */
  void heal() {
    ways.values()
        .forEach(way -> {
          way.cut();
          way.restore();
        });
  }

  @Override
  public void close() {
    ways.values().forEach(FaultyNetwork::close);
  }

  private void forWaysOf(String node, Consumer<FaultyNetwork> change) {
    ways.forEach((way, network) -> {
      if (way.from.equals(node) != way.to.equals(node)) {
        change.accept(network);
      }
    });
  }

  private FaultyNetwork way(String from, String to) {
    try {
      InetAddress loopback = InetAddress.getLoopbackAddress();
      return FaultyNetwork.between(
          new InetSocketAddress(address(from, to), port(to)),
          new InetSocketAddress(loopback, port(to)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** By which one node reaches another. */
  private String address(String from, String to) {
    return "127.0." + (1 + nodes.indexOf(from)) + "." + (1 + nodes.indexOf(to));
  }

  private int port(String node) {
    return ports.getOrDefault(node, 0);
  }

  private Path hosts(String node) {
    return folder.resolve(node + ".hosts");
  }

  private List<String> names(String from) {
    List<String> lines = new ArrayList<>(List.of("127.0.0.1 localhost"));
    lines.add("127.0.0.1 " + ownName());
    return nodes.stream()
        .map(to -> address(from, to) + " " + name(to))
        .collect(Collectors.toCollection(() -> lines));
  }

  private static String name(String node) {
    return node + ".signalbox.test";
  }

  private static String ownName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (IOException e) {
      return "this-machine";
    }
  }

  private static void write(Path file, List<String> lines) {
    try {
      Files.write(file, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
