package dev.signalbox.benchmarks.peers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.TimeUnit;

/** Ports for servers that cannot choose one themselves. */
final class Ports {
  private static final long START_NANOS = TimeUnit.SECONDS.toNanos(60);

  private Ports() {}

  /** One that is free now. */
  static int free() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Returns when a server listens on it. */
  static void awaitListening(int port) throws IOException {
    long start = System.nanoTime();
    while (!listens(port)) {
      if (System.nanoTime() - start > START_NANOS) {
        throw new IOException("nobody listens on port " + port);
      }
      Thread.onSpinWait();
    }
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
