package dev.signalbox.server.replication.ratis;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.RaftConfigKeys;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.rpc.SupportedRpcType;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.util.SizeInBytes;
import org.apache.ratis.util.TimeDuration;

/** How the engine is set. The reasons are in docs/replication.md, line by line. */
final class RatisSettings {
  /** The largest entry that the engine takes. */
  static final int MAX_ENTRY_BYTES = 4 << 20;

  /**
   * The largest entry of ours that becomes one: the engine adds its term, index, client and call.
   */
  static final int MAX_COMMAND_BYTES = MAX_ENTRY_BYTES - 1_024;

  private RatisSettings() {}

  /**
   * The settings.
   *
   * @param log where the engine keeps its files
   * @param removed where it would move what it no longer needs
   */
  static RaftProperties of(RatisOptions options, Path log, Path removed) {
    RaftProperties properties = new RaftProperties();
    RaftServerConfigKeys.setStorageDir(properties, List.of(log.toFile()));
    RaftServerConfigKeys.setRemovedGroupsDir(properties, removed.toFile());
    setLog(properties, options);
    setSnapshots(properties);
    setCalls(properties);
    setPeers(properties, options);
    setTimes(properties, options);
    return properties;
  }

  /** Every property that is set here, for the log of the server. */
  static Map<String, String> dump(RaftProperties properties) {
    Map<String, String> set = new TreeMap<>();
    for (String key : KEYS) {
      set.put(key, String.valueOf(properties.get(key)));
    }
    return set;
  }

  private static void setLog(RaftProperties properties, RatisOptions options) {
    RaftServerConfigKeys.Log.setLogMetadataEnabled(properties, false);
    RaftServerConfigKeys.Log.setUnsafeFlushEnabled(properties, false);
    RaftServerConfigKeys.Log.setAsyncFlushEnabled(properties, false);
    RaftServerConfigKeys.Log.setCorruptionPolicy(
        properties, RaftServerConfigKeys.Log.CorruptionPolicy.EXCEPTION);
    RaftServerConfigKeys.Log.setSegmentSizeMax(properties, SizeInBytes.valueOf("2MB"));
    RaftServerConfigKeys.Log.setPreallocatedSize(properties, SizeInBytes.valueOf("1MB"));
    RaftServerConfigKeys.Log.setSegmentCacheNumMax(properties, 2);
    RaftServerConfigKeys.Log.setSegmentCacheSizeMax(properties, SizeInBytes.valueOf("32MB"));
    RaftServerConfigKeys.Log.setWriteBufferSize(
        properties, SizeInBytes.valueOf(2L * MAX_ENTRY_BYTES));
    RaftServerConfigKeys.Log.Appender.setBufferByteLimit(
        properties, SizeInBytes.valueOf(MAX_ENTRY_BYTES));
    RaftServerConfigKeys.Log.setPurgeUptoSnapshotIndex(properties, true);
    RaftServerConfigKeys.Log.setPurgeGap(properties, 1);
    RaftServerConfigKeys.Log.setPurgePreservationLogNum(properties, options.isAlone() ? 0 : 10_000);
  }

  private static void setSnapshots(RaftProperties properties) {
    RaftServerConfigKeys.Snapshot.setAutoTriggerEnabled(properties, false);
    RaftServerConfigKeys.Log.Appender.setInstallSnapshotEnabled(properties, true);
  }

  private static void setCalls(RaftProperties properties) {
    RaftServerConfigKeys.Read.setOption(properties, RaftServerConfigKeys.Read.Option.LINEARIZABLE);
    RaftServerConfigKeys.Read.setLeaderLeaseEnabled(properties, false);
    RaftServerConfigKeys.RetryCache.setExpiryTime(properties, millis(1_000));
  }

  private static void setPeers(RaftProperties properties, RatisOptions options) {
    RaftConfigKeys.Rpc.setType(
        properties, options.isAlone() ? new NoPeers() : SupportedRpcType.GRPC);
    if (!options.isAlone()) {
      GrpcConfigKeys.Server.setHost(properties, options.listen());
      GrpcConfigKeys.Server.setPort(properties, ownPort(options));
    }
    RaftServerConfigKeys.Log.Appender.setWaitTimeMin(properties, TimeDuration.ZERO);
  }

  private static void setTimes(RaftProperties properties, RatisOptions options) {
    boolean alone = options.isAlone();
    RaftServerConfigKeys.Rpc.setTimeoutMin(properties, millis(alone ? 150 : 1_000));
    RaftServerConfigKeys.Rpc.setTimeoutMax(properties, millis(alone ? 300 : 2_000));
    RaftServerConfigKeys.Rpc.setFirstElectionTimeoutMin(properties, millis(alone ? 5 : 500));
    RaftServerConfigKeys.Rpc.setFirstElectionTimeoutMax(properties, millis(alone ? 10 : 1_000));
    RaftServerConfigKeys.setSleepDeviationThreshold(properties, millis(1_000));
    RaftServerConfigKeys.LeaderElection.setLeaderStepDownWaitTime(
        properties, millis(alone ? 60_000 : 2_000));
  }

  private static int ownPort(RatisOptions options) {
    return options
        .self()
        .orElseThrow(() ->
            new IllegalArgumentException("node '" + options.nodeId() + "' is not among its peers"))
        .peerPort();
  }

  private static TimeDuration millis(long millis) {
    return TimeDuration.valueOf(millis, TimeUnit.MILLISECONDS);
  }

  private static final List<String> KEYS =
      List.of(
          RaftConfigKeys.Rpc.TYPE_KEY,
          RaftServerConfigKeys.STORAGE_DIR_KEY,
          RaftServerConfigKeys.REMOVED_GROUPS_DIR_KEY,
          RaftServerConfigKeys.Log.LOG_METADATA_ENABLED_KEY,
          RaftServerConfigKeys.Log.UNSAFE_FLUSH_ENABLED_KEY,
          RaftServerConfigKeys.Log.ASYNC_FLUSH_ENABLED_KEY,
          RaftServerConfigKeys.Log.CORRUPTION_POLICY_KEY,
          RaftServerConfigKeys.Log.SEGMENT_SIZE_MAX_KEY,
          RaftServerConfigKeys.Log.PREALLOCATED_SIZE_KEY,
          RaftServerConfigKeys.Log.SEGMENT_CACHE_NUM_MAX_KEY,
          RaftServerConfigKeys.Log.SEGMENT_CACHE_SIZE_MAX_KEY,
          RaftServerConfigKeys.Log.WRITE_BUFFER_SIZE_KEY,
          RaftServerConfigKeys.Log.Appender.BUFFER_BYTE_LIMIT_KEY,
          RaftServerConfigKeys.Log.Appender.INSTALL_SNAPSHOT_ENABLED_KEY,
          RaftServerConfigKeys.Log.Appender.WAIT_TIME_MIN_KEY,
          RaftServerConfigKeys.Log.PURGE_UPTO_SNAPSHOT_INDEX_KEY,
          RaftServerConfigKeys.Log.PURGE_GAP_KEY,
          RaftServerConfigKeys.Log.PURGE_PRESERVATION_LOG_NUM_KEY,
          RaftServerConfigKeys.Snapshot.AUTO_TRIGGER_ENABLED_KEY,
          RaftServerConfigKeys.Read.OPTION_KEY,
          RaftServerConfigKeys.Read.LEADER_LEASE_ENABLED_KEY,
          RaftServerConfigKeys.RetryCache.EXPIRY_TIME_KEY,
          GrpcConfigKeys.Server.HOST_KEY,
          GrpcConfigKeys.Server.PORT_KEY,
          RaftServerConfigKeys.Rpc.TIMEOUT_MIN_KEY,
          RaftServerConfigKeys.Rpc.TIMEOUT_MAX_KEY,
          RaftServerConfigKeys.Rpc.FIRST_ELECTION_TIMEOUT_MIN_KEY,
          RaftServerConfigKeys.Rpc.FIRST_ELECTION_TIMEOUT_MAX_KEY,
          RaftServerConfigKeys.SLEEP_DEVIATION_THRESHOLD_KEY,
          RaftServerConfigKeys.LeaderElection.LEADER_STEP_DOWN_WAIT_TIME_KEY);
}
