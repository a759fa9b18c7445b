package dev.signalbox.examples.mainjob;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** All workers. None of them outlives this process: see {@link #close}. */
final class Crew implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final List<WorkerProcess> workers = new ArrayList<>();
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final Thread lastResort = new Thread(this::killAll, "crew-last-resort");

  private Crew() {
    Runtime.getRuntime().addShutdownHook(lastResort);
  }

  /** Starts the workers that the options ask for; their files go to a directory. */
  static Crew start(JobOptions options, String target, Path directory) throws IOException {
    Crew crew = new Crew();
    try {
      for (int i = 1; i <= options.workers(); i++) {
        crew.add(options, "worker-" + i, target, directory);
      }
      return crew;
    } catch (IOException e) {
      crew.close();
      throw e;
    }
  }

  private void add(JobOptions options, String name, String target, Path directory)
      throws IOException {
    Path intervals = directory.resolve(name + ".intervals");
    WorkerSettings settings =
        new WorkerSettings(
            name, target, options.lease(), options.recovery(), options.threads(), intervals);
    workers.add(WorkerProcess.start(settings, directory.resolve(name + ".log"), events::add));
  }

  List<WorkerProcess> workers() {
    return workers;
  }

  /** The next thing that happens in a worker, if it does within the given time. */
  @Nullable Event next(Duration wait) throws InterruptedException {
    return events.poll(wait.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Lets all but the killed one end, and says whether they did so well. */
  boolean finish(String killed) throws InterruptedException {
    workers.forEach(WorkerProcess::finish);
    boolean well = true;
    for (WorkerProcess worker : workers) {
      well &= worker.name().equals(killed) || worker.endedWell(PATIENCE);
    }
    return well;
  }

  /** What all of them wrote down about who was inside when. */
  List<Interval> intervals() throws IOException {
    List<Interval> intervals = new ArrayList<>();
    for (WorkerProcess worker : workers) {
      intervals.addAll(worker.intervals());
    }
    return intervals;
  }

  private void killAll() {
    workers.forEach(WorkerProcess::kill);
  }

  /** Kills whoever is left. */
  @Override
  public void close() {
    killAll();
    try {
      Runtime.getRuntime().removeShutdownHook(lastResort);
    } catch (IllegalStateException e) {
      // The JVM is going down already, and the hook has done or does the same.
    }
  }
}
