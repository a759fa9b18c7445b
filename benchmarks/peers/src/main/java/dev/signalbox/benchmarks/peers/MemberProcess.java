package dev.signalbox.benchmarks.peers;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.cp.CPSubsystemConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import dev.signalbox.benchmarks.load.JavaProcess;
import java.io.IOException;
import java.util.List;

/** A member in a process of its own. */
final class MemberProcess {
  private MemberProcess() {}

  /** Its entry: the cluster, its address, and all addresses. */
  public static void main(String[] args) throws IOException {
    List<String> all = List.of(args[2].split(",", -1));
    HazelcastInstance member = Hazelcast.newHazelcastInstance(config(args[0], args[1], all));
    // The CP subsystem forms itself when all are there, and a client's first call waits for it.
    JavaProcess.ready(String.valueOf(member.getName()));
    Runtime.getRuntime().halt(0);
  }

  private static Config config(String cluster, String address, List<String> all) {
    int colon = address.indexOf(':');
    Config config = new Config().setClusterName(cluster);
    config.setProperty("hazelcast.phone.home.enabled", "false");
    config.setProperty("hazelcast.logging.type", "slf4j");
    config.setProperty("hazelcast.socket.bind.any", "false");
    config
        .getNetworkConfig()
        .setPublicAddress(address)
        .setPort(Integer.parseInt(address.substring(colon + 1)))
        .setPortAutoIncrement(false);
    config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
    JoinConfig join = config.getNetworkConfig().getJoin();
    join.getAutoDetectionConfig().setEnabled(false);
    join.getMulticastConfig().setEnabled(false);
    join.getTcpIpConfig().setEnabled(true).setMembers(all);
    CPSubsystemConfig cp = config.getCPSubsystemConfig();
    cp.setSessionTimeToLiveSeconds(2).setSessionHeartbeatIntervalSeconds(1);
    if (all.size() > 1) {
      cp.setCPMemberCount(all.size());
    }
    return config;
  }
}
