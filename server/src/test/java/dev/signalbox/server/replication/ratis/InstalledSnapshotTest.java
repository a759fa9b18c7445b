package dev.signalbox.server.replication.ratis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.signalbox.server.Rule;
import dev.signalbox.server.core.Command;
import dev.signalbox.server.core.Entry;
import dev.signalbox.server.core.Operation;
import dev.signalbox.server.core.Result;
import dev.signalbox.server.core.SessionId;
import dev.signalbox.server.replication.codec.EntryCodec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.ratis.protocol.RaftClientReply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A follower was away for longer than the others keep their logs. */
class InstalledSnapshotTest {
  private static final int PRESERVED = 10_000;
  private static final byte[] TICK = EntryCodec.encode(new Entry(0, 0, 0, List.of()));

  @TempDir Path directory;

  @Test
  @Rule({"E1", "L7"})
  void follower_isSentASnapshot_andCanThenLead() {
    try (LocalCluster cluster = new LocalCluster(directory, 1 << 20)) {
      String away = cluster.follower();
      LogNode leader = cluster.node(cluster.leader());
      SessionId session = leader.openSession();
      leader.create("jobs", 3);
      Result early = leader.ask(session, 1, LogNode.acquire("jobs", 0));
      cluster.stop(away);
      Result missed = leader.ask(session, 2, LogNode.acquire("jobs", 0));
      purge(leader);

      cluster.start(away);
      leader.create("after", 1);
      LogNode back = cluster.node(away);
      await().atMost(LogNode.PATIENCE).until(() -> applied(back) >= applied(leader));
      assertThat(back.engine().firstEntry()).isGreaterThan(100);
      cluster.lead(away);

      assertThat(back.ask(session, 1, LogNode.acquire("jobs", 0))).isEqualTo(early);
      assertThat(back.ask(session, 2, LogNode.acquire("jobs", 0))).isEqualTo(missed);
      assertThat(back.count("jobs")).isEqualTo(1);
      assertThat(back.count("after")).isEqualTo(1);
      assertThat(back.failures()).isEmpty();
    }
  }

  /** Fills a segment, then lets so many entries follow that it is no longer preserved. */
  private static void purge(LogNode node) {
    for (int i = 0; i < 160; i++) {
      node.ask(much());
    }
    Engine engine = node.engine();
    List<CompletableFuture<RaftClientReply>> ticks = new ArrayList<>();
    for (int i = 0; i < PRESERVED + 500; i++) {
      ticks.add(engine.write(engine.nextCall(), TICK));
      if (i % 500 == 0) {
        ticks.forEach(LogNode::get);
        ticks.clear();
      }
    }
    ticks.forEach(LogNode::get);
    await()
        .atMost(LogNode.PATIENCE)
        .until(() -> {
          node.ask(much());
          return engine.firstEntry() > 100;
        });
  }

  private static long applied(LogNode node) {
    return node.engine().division().getInfo().getLastAppliedIndex();
  }

  /** A request of 64 KiB that is refused. */
  private static Command much() {
    return new Command.Request(
        null,
        0,
        new Operation.Release(
            Collections.nCopies(Operation.MAX_ITEMS, new Operation.Signal("x".repeat(245), 1)),
            List.of()));
  }
}
