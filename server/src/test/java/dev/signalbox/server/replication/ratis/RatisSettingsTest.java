package dev.signalbox.server.replication.ratis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.server.Rule;
import dev.signalbox.server.replication.Member;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.RaftConfigKeys;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.metrics.MetricRegistries;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a running engine takes its settings to be, read as the engine itself reads them. */
class RatisSettingsTest {
  @TempDir Path directory;

  @Test
  @Rule("E2")
  void runningEngine_syncsBeforeItAcknowledges_andKeepsItsFilesWhereWeSay() {
    try (LogNode node = LogNode.start(Keeper.ENGINE.in(directory))) {
      RaftProperties properties = node.engine().server().getProperties();

      assertThat(RaftServerConfigKeys.storageDir(properties))
          .containsExactly(directory.resolve("log").toFile());
      assertThat(RaftServerConfigKeys.removedGroupsDir(properties))
          .isEqualTo(directory.resolve("removed").toFile());
      assertThat(RaftServerConfigKeys.Log.useMemory(properties)).isFalse();
      assertThat(RaftServerConfigKeys.Log.unsafeFlushEnabled(properties)).isFalse();
      assertThat(RaftServerConfigKeys.Log.asyncFlushEnabled(properties)).isFalse();
      assertThat(RaftServerConfigKeys.Log.corruptionPolicy(properties))
          .isEqualTo(RaftServerConfigKeys.Log.CorruptionPolicy.EXCEPTION);
    }
  }

  @Test
  void runningEngine_isSetForSmallHeapsAndShortWaits() {
    try (LogNode node = LogNode.start(Keeper.ENGINE.in(directory))) {
      RaftProperties properties = node.engine().server().getProperties();

      assertThat(RaftServerConfigKeys.Log.logMetadataEnabled(properties)).isFalse();
      assertThat(RaftServerConfigKeys.Log.segmentSizeMax(properties).getSize()).isEqualTo(2 << 20);
      assertThat(RaftServerConfigKeys.Log.preallocatedSize(properties).getSize())
          .isEqualTo(1 << 20);
      assertThat(RaftServerConfigKeys.Log.segmentCacheNumMax(properties)).isEqualTo(2);
      assertThat(RaftServerConfigKeys.Log.segmentCacheSizeMax(properties).getSize())
          .isEqualTo(32 << 20);
      assertThat(RaftServerConfigKeys.Log.writeBufferSize(properties).getSize())
          .isGreaterThanOrEqualTo(RatisSettings.MAX_ENTRY_BYTES + 8);
      assertThat(RaftServerConfigKeys.Log.purgeUptoSnapshotIndex(properties)).isTrue();
      assertThat(RaftServerConfigKeys.Log.purgeGap(properties)).isEqualTo(1);
      assertThat(RaftServerConfigKeys.Snapshot.autoTriggerEnabled(properties)).isFalse();
      assertThat(RaftServerConfigKeys.RetryCache.expiryTime(properties).toLong(TimeUnit.SECONDS))
          .isEqualTo(1);
    }
  }

  @Test
  void calls_goStraightToTheDivision() {
    try (LogNode node = LogNode.start(Keeper.ENGINE.in(directory))) {
      assertThat(node.engine().callsDirectly())
          .as("this release of the engine lets us spare a hand-over between threads")
          .isTrue();
    }
  }

  @Test
  void engine_measuresNothing() {
    assertThat(MetricRegistries.global()).isInstanceOf(NoMetrics.class);
  }

  @Test
  void loneNode_hasNoPortForOthers() {
    RaftProperties properties =
        RatisSettings.of(
            RatisOptions.alone(directory), directory.resolve("log"), directory.resolve("removed"));

    assertThat(RaftConfigKeys.Rpc.type(properties, setting -> {})).isInstanceOf(NoPeers.class);
  }

  @Test
  void severalNodes_giveALeaderTime() {
    List<Member> peers = List.of(new Member("n1", "a:1", "a:3"), new Member("n2", "b:2", "b:3"));
    RaftProperties properties =
        RatisSettings.of(
            new RatisOptions(directory, "n1", "127.0.0.1", peers, false, 1),
            directory.resolve("log"),
            directory.resolve("removed"));

    assertThat(RaftServerConfigKeys.Rpc.timeoutMin(properties).toLong(TimeUnit.MILLISECONDS))
        .isEqualTo(1_000);
    assertThat(RaftServerConfigKeys.Log.purgePreservationLogNum(properties)).isEqualTo(10_000);
    assertThat(RatisSettings.dump(properties)).doesNotContainValue("null");
  }
}
