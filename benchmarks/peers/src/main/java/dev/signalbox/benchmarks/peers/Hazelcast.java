package dev.signalbox.benchmarks.peers;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.cp.ISemaphore;
import dev.signalbox.benchmarks.load.Client;
import dev.signalbox.benchmarks.load.Contestant;
import dev.signalbox.benchmarks.load.Gate;
import dev.signalbox.benchmarks.load.Held;
import dev.signalbox.benchmarks.load.JavaProcess;
import dev.signalbox.benchmarks.load.Life;
import dev.signalbox.benchmarks.load.Service;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Hazelcast's semaphore on one member in the unsafe mode, which is not replicated and says itself
 * that it can lose state.
 */
public class Hazelcast implements Contestant {
  private final String name;
  private final int members;

  /** Unsafe, one member; for the service loader. */
  public Hazelcast() {
    this("hazelcast-unsafe", 1);
  }

  private Hazelcast(String name, int members) {
    this.name = name;
    this.members = members;
  }

  /** On three members of the CP subsystem, each a process. */
  public static final class Cp extends Hazelcast {
    /** For the service loader. */
    public Cp() {
      super("hazelcast-cp", 3);
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Service start() throws IOException, InterruptedException {
    List<String> addresses = new ArrayList<>();
    for (int i = 0; i < members; i++) {
      addresses.add("127.0.0.1:" + Ports.free());
    }
    List<JavaProcess> processes = new ArrayList<>();
    for (String address : addresses) {
      processes.add(
          JavaProcess.start(MemberProcess.class, name, address, String.join(",", addresses)));
    }
    return new Members(String.join(",", addresses), processes);
  }

  @Override
  public Client connect(String endpoint, Life life) {
    ClientConfig config = new ClientConfig().setClusterName(name);
    config.getNetworkConfig().setAddresses(List.of(endpoint.split(",", -1)));
    return new HazelcastLoad(HazelcastClient.newHazelcastClient(config));
  }

  private record Members(String endpoint, List<JavaProcess> members) implements Service {
    @Override
    public List<ProcessHandle> processes() {
      return members.stream().flatMap(member -> member.processes().stream()).toList();
    }

    @Override
    public void close() {
      members.forEach(JavaProcess::close);
    }
  }

  private record HazelcastLoad(HazelcastInstance client) implements Client {
    @Override
    public Gate gate(String name, int max) {
      ISemaphore semaphore = client.getCPSubsystem().getSemaphore(name);
      var unused = semaphore.init(max);
      Held held = semaphore::release;
      return () -> {
        semaphore.acquire();
        return held;
      };
    }

    @Override
    public void close() {
      client.shutdown();
    }
  }
}
