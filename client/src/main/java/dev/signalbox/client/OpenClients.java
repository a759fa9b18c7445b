package dev.signalbox.client;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The clients that are open in this JVM, so that its orderly end can close them (L6). */
final class OpenClients {
  private static final Set<SignalboxClient> OPEN = ConcurrentHashMap.newKeySet();

  static {
    try {
      Runtime.getRuntime().addShutdownHook(new Thread(OpenClients::closeAll, "signalbox-shutdown"));
    } catch (IllegalStateException e) {
      // The JVM is ending already: then nobody closes these clients but their owners.
    }
  }

  private OpenClients() {}

  static void add(SignalboxClient client) {
    OPEN.add(client);
  }

  static void remove(SignalboxClient client) {
    OPEN.remove(client);
  }

  private static void closeAll() {
    OPEN.parallelStream().forEach(SignalboxClient::close);
  }
}
