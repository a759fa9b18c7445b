package dev.signalbox.server.replication.ratis;

import dev.signalbox.server.replication.Member;
import java.nio.file.Path;
import java.util.List;

/** Who writes the log of one node. */
enum Keeper {
  /** The node itself: it was started without peers. */
  NODE,
  /** The engine: the node has an address for others. */
  ENGINE;

  private final String address = "127.0.0.1:" + LogNode.freePort();

  Keeper other() {
    return this == NODE ? ENGINE : NODE;
  }

  RatisOptions in(Path directory) {
    return in(directory, RatisOptions.DEFAULT_SNAPSHOT_BYTES);
  }

  RatisOptions in(Path directory, long snapshotBytes) {
    List<Member> peers = this == NODE ? List.of() : List.of(new Member("n1", address, "n1:7600"));
    return new RatisOptions(directory, "n1", "127.0.0.1", peers, false, snapshotBytes);
  }
}
