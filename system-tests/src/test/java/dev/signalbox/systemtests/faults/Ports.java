package dev.signalbox.systemtests.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Random;

/**
 * Ports for servers that come and go. They lie below those that the operating system gives to
 * outgoing connections: else somebody could have taken the port of a node that is down.
 */
final class Ports {
  private static final int LOWEST = 15_000;
  private static final int HIGHEST = 30_000;
  private static final Random RANDOM = new Random();

  private Ports() {}

  /** A port of the loopback interface that nobody listens on. */
  static int free() {
    int port = LOWEST + RANDOM.nextInt(HIGHEST - LOWEST);
    return isFree(port) ? port : free();
  }

  private static boolean isFree(int port) {
    try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return free.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
