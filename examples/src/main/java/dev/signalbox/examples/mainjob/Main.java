package dev.signalbox.examples.mainjob;

import dev.signalbox.client.RemoteSemaphore;
import dev.signalbox.client.SemaphoreSpec;
import dev.signalbox.client.SignalboxClient;
import dev.signalbox.server.ServerOptions;
import dev.signalbox.server.SignalboxServer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Runs the main job: see {@link CommandLine#HELP}. */
public final class Main {
  private static final int BROKEN = 1;
  private static final int NOT_RUN = 2;

  private final JobOptions options;
  private final PrintStream live;

  private Main(JobOptions options, PrintStream live) {
    this.options = options;
    this.live = live;
  }

  /** Exits with 0 if every promise was kept, 1 if one was broken, 2 if nothing was run. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "warn");
    System.exit(run(List.of(arguments)));
  }

  private static int run(List<String> arguments) throws IOException, InterruptedException {
    if (arguments.contains("--help")) {
      System.out.print(CommandLine.HELP);
      return 0;
    }
    try {
      JobOptions options = CommandLine.parse(arguments);
      return new Main(options, options.json() ? System.err : System.out).run();
    } catch (CommandLine.Impossible e) {
      System.err.println(e.getMessage());
      return NOT_RUN;
    }
  }

  private int run() throws IOException, InterruptedException {
    Inventory inventory = Inventory.of(options);
    if (inventory.tasks().isEmpty()) {
      System.err.println("no readable file in " + options.directory());
      return NOT_RUN;
    }
    Report report = run(inventory);
    if (options.json()) {
      System.out.println(ReportJson.of(report));
    } else {
      ReportText.of(report).forEach(System.out::println);
    }
    return report.isGood() ? 0 : BROKEN;
  }

  private Report run(Inventory inventory) throws IOException, InterruptedException {
    try (SignalboxServer server = SignalboxServer.start(ServerOptions.embedded());
        SignalboxClient client = coordinator(server)) {
      RemoteSemaphore semaphore = client.semaphores().create(Worker.SEMAPHORE, spec());
      return run(inventory, semaphore, target(server));
    }
  }

  private Report run(Inventory inventory, RemoteSemaphore semaphore, String target)
      throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("signalbox-main-job-");
    try (Display display = Display.on(live);
        Crew crew = Crew.start(options, target, directory)) {
      announce(inventory, display);
      Report report = new Coordinator(options, inventory, semaphore, crew, display).run();
      delete(directory);
      return report;
    } catch (RuntimeException e) {
      live.println("The workers' files, for whoever wants to know why, are in " + directory);
      throw e;
    }
  }

  private SemaphoreSpec spec() {
    return SemaphoreSpec.max(options.max()).ownerOnly();
  }

  private static String target(SignalboxServer server) {
    return "127.0.0.1:" + server.port();
  }

  private static SignalboxClient coordinator(SignalboxServer server) {
    return SignalboxClient.builder().target(target(server)).clientName("coordinator").build();
  }

  private void announce(Inventory inventory, Display display) {
    display.event(
        Text.format(
            "%d files, %s to compress, %d workers, at most %d inside, lease %s",
            inventory.tasks().size(),
            Text.megabytes(inventory.bytesRead()),
            options.workers(),
            options.max(),
            Text.seconds(options.lease())));
    if (inventory.leftOut() > 0) {
      display.event(inventory.leftOut() + " more files are left out: see --work");
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }
}
