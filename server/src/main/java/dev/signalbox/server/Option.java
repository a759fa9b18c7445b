package dev.signalbox.server;

import dev.signalbox.server.core.Limits;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Every option of the server: its name, default, range and meaning are said here and nowhere else.
 */
enum Option {
  CLIENT_PORT("client-port", "7600", 0, 65_535, "port for clients (gRPC); 0 takes any free one"),
  LISTEN("listen", "127.0.0.1", "address to listen on; 0.0.0.0 for every interface"),
  LOG("log", "durable", "durable: on disk; volatile: in memory, a restart starts afresh"),
  DATA_DIR("data-dir", "./signalbox-data", "directory of the durable log"),
  NODE_ID("node-id", "n1", "this node's name among its peers; stays with the data directory"),
  PEERS(
      "peers",
      "",
      "every node of the cluster as ID=HOST[:PORT][/CLIENT_HOST:CLIENT_PORT], by commas; empty: this node alone"),
  JOIN("join", "false", "true: begin no log, but wait to be added to a cluster (see: cluster add)"),
  MAX_FRAME_BYTES(
      "max-frame-bytes", "1048576", 4_096, 1_048_576, "the largest message a client may send"),
  MAX_QUEUED_COMMANDS(
      "max-queued-commands", "1000000", 1, "commands that may wait for the log, over all clients"),
  MAX_SESSIONS("max-sessions", Limits.DEFAULT.sessions(), "open sessions"),
  MAX_SEMAPHORES("max-semaphores", Limits.DEFAULT.semaphores(), "semaphores that exist"),
  MAX_GRANTS_PER_SESSION(
      "max-grants-per-session", Limits.DEFAULT.grantsPerSession(), "grants that one session holds"),
  MAX_OUTSTANDING_PER_SESSION(
      "max-outstanding-per-session",
      Limits.DEFAULT.outstandingPerSession(),
      "requests of one session without an acknowledged reply"),
  MAX_WAITERS("max-waiters", Limits.DEFAULT.waiters(), "acquires that wait, over all sessions"),
  MAX_WILLS_PER_SESSION(
      "max-wills-per-session", Limits.DEFAULT.willsPerSession(), "last wills of one session"),
  RATE_LIMITS(
      "rate-limits",
      "",
      "YAML file of rules, read again when it changes: serves Envoy's rate limit protocol; empty: does not"),
  CONFIG("config", "", "properties file with any of these names");

  private final String key;
  private final String fallback;
  private final long min;
  private final long max;
  private final String doc;

  Option(String key, String fallback, String doc) {
    this(key, fallback, 0, -1, doc);
  }

  Option(String key, int limit, String doc) {
    this(key, Integer.toString(limit), 1, doc);
  }

  Option(String key, String fallback, long min, String doc) {
    this(key, fallback, min, Integer.MAX_VALUE, doc);
  }

  Option(String key, String fallback, long min, long max, String doc) {
    this.key = key;
    this.fallback = fallback;
    this.min = min;
    this.max = max;
    this.doc = doc;
  }

  static @Nullable Option named(String key) {
    for (Option option : values()) {
      if (option.key.equals(key)) {
        return option;
      }
    }
    return null;
  }

  String key() {
    return key;
  }

  String fallback() {
    return fallback;
  }

  String environmentName() {
    return "SIGNALBOX_" + name();
  }

  /** The value in its plain form, or {@link InvalidOption}. */
  String check(String value) {
    String plain = value.strip();
    if (isNumber()) {
      checkNumber(plain);
    } else if (this == LOG) {
      checkLog(plain);
    } else if (this == JOIN) {
      checkFlag(plain);
    } else if (this == PEERS) {
      Peers.parse(plain);
    } else if (plain.isEmpty() && this != RATE_LIMITS) {
      throw new InvalidOption("--" + key + " must not be empty");
    }
    return plain;
  }

  String help() {
    String shown = fallback.isEmpty() ? "" : " [" + fallback + "]";
    return String.format(Locale.ROOT, "  --%-30s %s%s", key + "=" + metavar(), doc, shown);
  }

  private boolean isNumber() {
    return min <= max;
  }

  private String metavar() {
    return switch (this) {
      case CONFIG, RATE_LIMITS -> "FILE";
      case JOIN -> "BOOL";
      case DATA_DIR -> "DIR";
      case LISTEN -> "ADDRESS";
      case LOG -> "KIND";
      case NODE_ID -> "ID";
      case PEERS -> "LIST";
      default -> "N";
    };
  }

  private void checkNumber(String value) {
    try {
      long number = Long.parseLong(value);
      if (number >= min && number <= max) {
        return;
      }
    } catch (NumberFormatException e) {
      // Said below, in the same words.
    }
    throw new InvalidOption(
        "--" + key + " must be a number from " + min + " to " + max + ", not '" + value + "'");
  }

  private void checkFlag(String value) {
    if (!value.equals("true") && !value.equals("false")) {
      throw new InvalidOption("--" + key + " must be true or false, not '" + value + "'");
    }
  }

  private static void checkLog(String value) {
    if (!value.equals("durable") && !value.equals("volatile")) {
      throw new InvalidOption("--log must be durable or volatile, not '" + value + "'");
    }
  }
}
