package dev.signalbox.server;

import dev.signalbox.server.replication.ratis.RemovedNode;
import dev.signalbox.server.replication.ratis.UnusableLog;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The server as a process. Stops cleanly on SIGTERM and SIGINT. Exits with 1 if it could not start
 * or failed, with 2 if an option is unknown or impossible, with 3 if it was removed from its
 * cluster. {@code cluster} as the first word makes it an operator's tool instead: see {@link
 * ClusterCommand}.
 */
public final class Main {
  private static final int FAILED = 1;
  private static final int BAD_OPTION = 2;
  private static final int REMOVED = 3;
  private static final String HEALTH_CHECK = "--health-check";

  /** Kept, so that its level is. */
  private static final Logger GRPC_LOG = Logger.getLogger("io.grpc");

  private Main() {}

  /** Runs until SIGTERM or SIGINT, or answers {@code --help} and the like. */
  public static void main(String[] args) {
    int code = run(List.of(args), System.getenv(), System.out, System.err);
    if (code != 0) {
      System.exit(code);
    }
  }

  static int run(
      List<String> args, Map<String, String> environment, PrintStream out, PrintStream err) {
    try {
      if (ClusterCommand.isMeant(args)) {
        return ClusterCommand.run(args, out, err);
      }
      if (args.contains("--help")) {
        out.print(ServerOptions.help());
        return 0;
      }
      if (args.contains("--version")) {
        out.println("signalbox-server " + Version.current());
        return 0;
      }
      List<String> flags = new ArrayList<>(args);
      String probe = takeProbe(flags);
      ServerOptions options = ServerOptions.parse(flags, environment);
      return probe.isEmpty() ? serve(options, err) : probe(target(probe, options), err);
    } catch (InvalidOption e) {
      err.println("signalbox-server: " + e.getMessage());
      return BAD_OPTION;
    }
  }

  private static int serve(ServerOptions options, PrintStream err) {
    // gRPC reports with a stack trace whatever a client does wrong.
    GRPC_LOG.setLevel(Level.SEVERE);
    try {
      SignalboxServer server = SignalboxServer.start(options);
      Runtime.getRuntime().addShutdownHook(new Thread(server::close, "signalbox-stop"));
      server.awaitStop();
      return server.wasRemoved() ? REMOVED : server.hasFailed() ? FAILED : 0;
    } catch (RemovedNode e) {
      err.println("signalbox-server: " + e.getMessage());
      return REMOVED;
    } catch (UnusableLog e) {
      err.println("signalbox-server: " + e.getMessage());
      return FAILED;
    } catch (IOException e) {
      err.println(
          "signalbox-server: cannot listen on "
              + options.listen()
              + ":"
              + options.clientPort()
              + ": "
              + cause(e));
      return FAILED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return FAILED;
    }
  }

  private static String cause(IOException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return String.valueOf(cause.getMessage());
  }

  /** Removes the health check flag; empty if there was none. */
  private static String takeProbe(List<String> flags) {
    for (String flag : flags) {
      if (flag.equals(HEALTH_CHECK) || flag.startsWith(HEALTH_CHECK + "=")) {
        flags.remove(flag);
        return flag;
      }
    }
    return "";
  }

  private static String target(String probe, ServerOptions options) {
    if (!probe.equals(HEALTH_CHECK)) {
      return probe.substring(HEALTH_CHECK.length() + 1);
    }
    boolean everywhere = options.listen().equals("0.0.0.0") || options.listen().equals("::");
    return (everywhere ? "127.0.0.1" : options.listen()) + ":" + options.clientPort();
  }

  private static int probe(String target, PrintStream err) {
    ManagedChannel channel = NettyChannelBuilder.forTarget(target).usePlaintext().build();
    try {
      HealthCheckResponse health =
          HealthGrpc.newBlockingStub(channel)
              .withDeadlineAfter(10, TimeUnit.SECONDS)
              .check(HealthCheckRequest.getDefaultInstance());
      boolean serving = health.getStatus() == HealthCheckResponse.ServingStatus.SERVING;
      if (!serving) {
        err.println("signalbox-server: " + target + " is " + health.getStatus());
      }
      return serving ? 0 : FAILED;
    } catch (StatusRuntimeException e) {
      err.println("signalbox-server: " + target + " does not answer: " + e.getStatus().getCode());
      return FAILED;
    } finally {
      channel.shutdownNow();
    }
  }
}
