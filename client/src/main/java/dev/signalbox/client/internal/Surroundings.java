package dev.signalbox.client.internal;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The world that a link lives in: the real one, or that of a test kit, whose servers have put it
 * down here by their address. So whoever makes a client for such a server, however deep in the code
 * that is tested, makes it for the kit's clock. Thread-safe.
 */
public interface Surroundings {
  /** The process's own. */
  Surroundings REAL =
      new Surroundings() {
        @Override
        public Ticker ticker() {
          return Ticker.SYSTEM;
        }

        @Override
        public void entered(Object client, SessionLink link) {}
      };

  /** The clock. */
  Ticker ticker();

  /** A link of a client was made, and is about to be started. */
  void entered(Object client, SessionLink link);

  /** The surroundings of these servers, {@code host:port} each: the real ones if none was noted. */
  static Surroundings of(List<String> targets) {
    for (String target : targets) {
      Surroundings noted = Noted.BY_TARGET.get(target);
      if (noted != null) {
        return noted;
      }
    }
    return REAL;
  }

  /** Notes that the server at this address has other surroundings. */
  static void note(String target, Surroundings surroundings) {
    Noted.BY_TARGET.put(target, surroundings);
  }

  /** Forgets what was noted of the server at this address. */
  static void forget(String target) {
    Noted.BY_TARGET.remove(target);
  }

  /** Holds what was noted. */
  final class Noted {
    private static final Map<String, Surroundings> BY_TARGET = new ConcurrentHashMap<>();

    private Noted() {}
  }
}
