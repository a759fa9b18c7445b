package dev.signalbox.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Who we are, for those who read listings. */
final class ClientName {
  private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");
  private static final int LONGEST_HOST = 200;

  private ClientName() {}

  static String ofThisProcess() {
    String host = host();
    return "cli-" + ProcessHandle.current().pid() + (host.isEmpty() ? "" : "@" + host);
  }

  /** Without asking any name service, which could take long. */
  private static String host() {
    try {
      String host = Files.readString(HOST_NAME).strip();
      return host.length() <= LONGEST_HOST ? host : "";
    } catch (IOException e) {
      return "";
    }
  }
}
