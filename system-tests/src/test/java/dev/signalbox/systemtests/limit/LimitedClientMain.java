package dev.signalbox.systemtests.limit;

import dev.signalbox.client.SessionListener;
import dev.signalbox.client.SignalboxClient;
import dev.signalbox.client.limit.FailMode;
import dev.signalbox.client.limit.Limit;
import dev.signalbox.client.limit.Limiter;
import dev.signalbox.grpc.CallLimits;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A client process of the backend, with limits on its channel. Says what came of its calls, over
 * and over, and ends in order when its input does.
 */
final class LimitedClientMain {
  static final String IN_FLIGHT = "backend/in-flight";
  static final String CALLS = "backend/calls";
  static final int MOST_IN_FLIGHT = 10;
  static final int CALLS_PER_SECOND = 200;
  static final int BUCKET = 10;

  private static final int CALLERS = 4;
  private static final Duration WAIT = Duration.ofSeconds(5);

  private LimitedClientMain() {}

  /**
   * Runs until the input ends.
   *
   * @param arguments name, Signalbox server, backend, lease
   */
  public static void main(String... arguments) throws IOException, InterruptedException {
    String name = arguments[0];
    try (SignalboxClient client =
        SignalboxClient.builder()
            .target(arguments[1])
            .clientName(name)
            .lease(Duration.parse(arguments[3]))
            .listener(new SaysWhatHappens())
            .build()) {
      ManagedChannel channel = channel(arguments[2], limits(client));
      Load load = new Load(channel, name);
      ScheduledExecutorService reporter = Executors.newSingleThreadScheduledExecutor();
      load.start(CALLERS);
      var unused = reporter.scheduleAtFixedRate(() -> say(load), 0, 100, TimeUnit.MILLISECONDS);
      while (System.in.read() >= 0) {}
      load.stop();
      reporter.shutdown();
      say(load);
      channel.shutdown();
    }
  }

  private static final class SaysWhatHappens implements SessionListener {
    @Override
    public void disconnected() {
      note("disconnected");
    }

    @Override
    public void sessionResumed() {
      note("resumed");
    }

    @Override
    public void sessionOpened() {
      note("opened");
    }

    @Override
    public void sessionLost() {
      note("lost");
    }

    private static void note(String what) {
      System.err.println(Instant.now() + " session " + what);
    }
  }

  private static void say(Load load) {
    System.out.println(load.counts().line());
  }

  private static ManagedChannel channel(String target, CallLimits limits) {
    return Grpc.newChannelBuilder(target, InsecureChannelCredentials.create())
        .intercept(limits.clientInterceptor())
        .build();
  }

  private static CallLimits limits(SignalboxClient client) {
    Limiter limiter =
        Limiter.builder(client, "backend")
            .limit(Limit.concurrency(IN_FLIGHT, MOST_IN_FLIGHT))
            .limit(Limit.rate(CALLS, CALLS_PER_SECOND, Duration.ofSeconds(1)).burst(BUCKET))
            .failMode(FailMode.closed())
            .retryAfter(Duration.ofMillis(100))
            .build();
    return CallLimits.builder().limiter(limiter).waitAtMost(WAIT).build();
  }
}
