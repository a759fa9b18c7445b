package dev.signalbox.benchmarks.peers;

import dev.signalbox.benchmarks.load.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.zookeeper.server.ZooKeeperServerMain;

/** A ZooKeeper in a process of its own. */
final class ZooKeeperProcess {
  private ZooKeeperProcess() {}

  /** Its entry: the port and the directory. */
  public static void main(String[] args) throws IOException {
    Path config =
        Files.writeString(
            Path.of(args[1], "zoo.cfg"),
            String.join(
                "\n",
                "clientPort=" + args[0],
                "clientPortAddress=127.0.0.1",
                "dataDir=" + args[1],
                "tickTime=500",
                "maxClientCnxns=0",
                "admin.enableServer=false"));
    Thread server =
        new Thread(
            () -> ZooKeeperServerMain.main(new String[] {config.toString()}), "zookeeper-main");
    server.setDaemon(true);
    server.start();
    Ports.awaitListening(Integer.parseInt(args[0]));
    JavaProcess.ready("127.0.0.1:" + args[0]);
    Runtime.getRuntime().halt(0);
  }
}
