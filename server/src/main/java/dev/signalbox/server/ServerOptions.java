package dev.signalbox.server;

import dev.signalbox.server.core.Limits;
import dev.signalbox.server.ratelimit.InvalidLimits;
import dev.signalbox.server.ratelimit.LimitsFile;
import dev.signalbox.server.replication.Member;
import dev.signalbox.server.replication.ratis.RatisOptions;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * How a server runs. From flags ({@code --client-port=7600}), the environment ({@code
 * SIGNALBOX_CLIENT_PORT=7600}) and a properties file ({@code client-port=7600}), the first that
 * says something winning; or from a {@link #builder()} where a server is embedded. Immutable.
 */
public final class ServerOptions {
  private final Map<Option, String> values;

  private ServerOptions(Map<Option, String> values) {
    this.values = new EnumMap<>(values);
  }

  /** The defaults, but in memory and on any free port: for a server inside another process. */
  public static ServerOptions embedded() {
    return builder().log("volatile").clientPort(0).build();
  }

  /** Starts from the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Reads flags, environment and, where one of them names it, the properties file.
   *
   * @param flags in the form {@code --name=value}
   * @param environment variables that are no option of this server are left alone: others set
   *     variables with our prefix, too
   * @throws InvalidOption if an option is unknown or impossible
   */
  public static ServerOptions parse(List<String> flags, Map<String, String> environment) {
    Builder builder = new Builder();
    for (Option option : Option.values()) {
      String value = environment.get(option.environmentName());
      if (value != null) {
        builder.set(option, value);
      }
    }
    for (String flag : flags) {
      builder.setFlag(flag);
    }
    String file = builder.values.get(Option.CONFIG);
    return file == null ? builder.build() : builder.buildOver(file);
  }

  /** What {@code --help} prints: every option with its meaning and default. */
  public static String help() {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        Usage: signalbox-server [--option=value ...]
               signalbox-server cluster ...   (look at a cluster, change it: cluster --help)

        """);
    for (Option option : Option.values()) {
      text.append(option.help()).append('\n');
    }
    text.append(
        String.format("  --%-30s %s%n", "health-check[=HOST:PORT]", "ask a running server"));
    text.append(String.format("  --%-30s %s%n", "version", "print the version"));
    text.append(String.format("  --%-30s %s%n%n", "help", "print this"));
    text.append("Every option can also be an environment variable (--client-port is ");
    text.append(Option.CLIENT_PORT.environmentName());
    text.append(
        ")\nor a line of the properties file. Flags win over variables, variables over the file.\n");
    return text.toString();
  }

  /** Port for clients; 0 takes any free one. */
  public int clientPort() {
    return number(Option.CLIENT_PORT);
  }

  /** Address to listen on. */
  public String listen() {
    return text(Option.LISTEN);
  }

  /** Kind of log. */
  public String log() {
    return text(Option.LOG);
  }

  /** Where and with whom the durable log is kept. */
  RatisOptions durableLog() {
    List<Member> peers = Peers.parse(text(Option.PEERS));
    String node = text(Option.NODE_ID);
    if (!peers.isEmpty() && peers.stream().noneMatch(peer -> peer.id().equals(node))) {
      throw new InvalidOption("--node-id '" + node + "' is not one of --peers");
    }
    boolean join = Boolean.parseBoolean(text(Option.JOIN));
    if (join && peers.isEmpty()) {
      throw new InvalidOption(
          "--join needs --peers=" + node + "=HOST:PORT: the others must find this node");
    }
    return new RatisOptions(
        Path.of(text(Option.DATA_DIR)),
        node,
        listen(),
        peers,
        join,
        RatisOptions.DEFAULT_SNAPSHOT_BYTES);
  }

  /** The largest message that a client may send, in bytes. */
  public int maxFrameBytes() {
    return number(Option.MAX_FRAME_BYTES);
  }

  /** Commands that may wait for the log, over all clients. */
  public int maxQueuedCommands() {
    return number(Option.MAX_QUEUED_COMMANDS);
  }

  /**
   * The rules of Envoy's rate limit protocol, read from their file; null: it is not served.
   *
   * @throws InvalidOption if the file cannot be read or is not well-formed
   */
  @Nullable LimitsFile rateLimits() {
    String file = text(Option.RATE_LIMITS);
    try {
      return file.isEmpty() ? null : LimitsFile.read(Path.of(file));
    } catch (InvalidLimits | InvalidPathException e) {
      throw new InvalidOption("--rate-limits: " + e.getMessage());
    }
  }

  /** The limits of the state machine (Q3). */
  public Limits limits() {
    return new Limits(
        number(Option.MAX_SESSIONS),
        number(Option.MAX_SEMAPHORES),
        number(Option.MAX_GRANTS_PER_SESSION),
        number(Option.MAX_OUTSTANDING_PER_SESSION),
        number(Option.MAX_WAITERS),
        number(Option.MAX_WILLS_PER_SESSION));
  }

  private String text(Option option) {
    return values.getOrDefault(option, option.fallback());
  }

  private int number(Option option) {
    return Integer.parseInt(text(option));
  }

  /** Collects options; each setter refuses an impossible value with {@link InvalidOption}. */
  public static final class Builder {
    private final Map<Option, String> values = new EnumMap<>(Option.class);

    private Builder() {}

    /** Port for clients, 0 to 65535; 0 takes any free one. */
    public Builder clientPort(int port) {
      return set(Option.CLIENT_PORT, Integer.toString(port));
    }

    /** Kind of log: {@code durable} or {@code volatile}. */
    public Builder log(String kind) {
      return set(Option.LOG, kind);
    }

    /** Directory of the durable log. */
    public Builder dataDir(Path directory) {
      return set(Option.DATA_DIR, directory.toString());
    }

    /** This node's name among its peers. */
    public Builder nodeId(String id) {
      return set(Option.NODE_ID, id);
    }

    /**
     * Every node of the cluster, this one included: {@code
     * ID=HOST[:PORT][/CLIENT_HOST:CLIENT_PORT],...}.
     */
    public Builder peers(String peers) {
      return set(Option.PEERS, peers);
    }

    /** Whether this node begins no log, but waits to be added to a cluster. */
    public Builder join(boolean join) {
      return set(Option.JOIN, Boolean.toString(join));
    }

    /** Address to listen on. */
    public Builder listen(String address) {
      return set(Option.LISTEN, address);
    }

    /** YAML file of rules for Envoy's rate limit protocol, read again whenever it changes. */
    public Builder rateLimits(Path file) {
      return set(Option.RATE_LIMITS, file.toString());
    }

    /** The largest message that a client may send, in bytes, 4 KiB to 1 MiB. */
    public Builder maxFrameBytes(int bytes) {
      return set(Option.MAX_FRAME_BYTES, Integer.toString(bytes));
    }

    /** Commands that may wait for the log, over all clients. */
    public Builder maxQueuedCommands(int commands) {
      return set(Option.MAX_QUEUED_COMMANDS, Integer.toString(commands));
    }

    /** The limits of the state machine (Q3). */
    public Builder limits(Limits limits) {
      set(Option.MAX_SESSIONS, Integer.toString(limits.sessions()));
      set(Option.MAX_SEMAPHORES, Integer.toString(limits.semaphores()));
      set(Option.MAX_GRANTS_PER_SESSION, Integer.toString(limits.grantsPerSession()));
      set(Option.MAX_OUTSTANDING_PER_SESSION, Integer.toString(limits.outstandingPerSession()));
      set(Option.MAX_WAITERS, Integer.toString(limits.waiters()));
      return set(Option.MAX_WILLS_PER_SESSION, Integer.toString(limits.willsPerSession()));
    }

    /** The options. */
    public ServerOptions build() {
      return new ServerOptions(values);
    }

    private Builder set(Option option, String value) {
      values.put(option, option.check(value));
      return this;
    }

    private void setFlag(String flag) {
      if (flag.equals("--join")) {
        set(Option.JOIN, "true");
        return;
      }
      int equals = flag.indexOf('=');
      if (!flag.startsWith("--") || equals < 0) {
        throw new InvalidOption("expected --name=value, not '" + flag + "' (see --help)");
      }
      set(named(flag.substring(2, equals), "--"), flag.substring(equals + 1));
    }

    private ServerOptions buildOver(String file) {
      Builder merged = new Builder();
      Properties properties = read(file);
      if (properties.containsKey(Option.CONFIG.key())) {
        throw new InvalidOption(file + ": config must not be set in the file itself");
      }
      for (String key : properties.stringPropertyNames()) {
        merged.set(named(key, file + ": "), properties.getProperty(key));
      }
      merged.values.putAll(values);
      return merged.build();
    }

    private static Option named(String key, String where) {
      Option option = Option.named(key);
      if (option == null) {
        throw new InvalidOption("unknown option " + where + key + " (see --help)");
      }
      return option;
    }

    private static Properties read(String file) {
      Properties properties = new Properties();
      try (Reader reader = Files.newBufferedReader(Path.of(file))) {
        properties.load(reader);
      } catch (IOException | IllegalArgumentException e) {
        throw new InvalidOption("--config: cannot read '" + file + "': " + reason(e));
      }
      return properties;
    }

    private static String reason(Exception e) {
      return e.getClass().getSimpleName();
    }
  }
}
