package dev.signalbox.examples.mainjob;

import dev.signalbox.client.Permit;
import dev.signalbox.client.RemoteSemaphore;
import dev.signalbox.client.SignalboxClient;
import dev.signalbox.client.SignalboxException;
import dev.signalbox.client.callback.CallbackInstance;
import dev.signalbox.client.callback.CallbackPool;
import dev.signalbox.client.callback.PoolOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One client process: a callback for every file that it is given, each of them inside the shared
 * semaphore while it works. Reads files from its input and writes results to its output, a line
 * each; ends when its input does.
 */
final class Worker {
  static final String SEMAPHORE = "main-job/compressors";

  private final CallbackPool pool;
  private final RemoteSemaphore compressors;
  private final IntervalLog intervals;
  private final PrintStream out;
  private final AtomicInteger inHand = new AtomicInteger();

  private Worker(
      CallbackPool pool, RemoteSemaphore compressors, IntervalLog intervals, PrintStream out) {
    this.pool = pool;
    this.compressors = compressors;
    this.intervals = intervals;
    this.out = out;
  }

  /** Runs a worker with {@link WorkerSettings}. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    WorkerSettings settings = WorkerSettings.parse(arguments);
    // The pool is closed before the client: its last releases go through it.
    try (IntervalLog intervals = IntervalLog.open(settings.intervals());
        SignalboxClient client = connect(settings);
        CallbackPool pool = client.callbackPool(PoolOptions.threads(1, settings.threads()))) {
      RemoteSemaphore compressors = open(client);
      Worker worker = new Worker(pool, compressors, intervals, System.out);
      worker.run();
      worker.leaveNothingBehind();
    }
  }

  private static SignalboxClient connect(WorkerSettings settings) {
    return settings
        .recovery()
        .set(SignalboxClient.builder())
        .target(settings.target())
        .clientName(settings.name())
        .lease(settings.lease())
        .build();
  }

  /** On a busy machine a session can be lost as early as this; then the next one asks again. */
  private static RemoteSemaphore open(SignalboxClient client) throws InterruptedException {
    while (true) {
      try {
        return client.semaphores().open(SEMAPHORE);
      } catch (SignalboxException.SessionLost e) {
        // Nothing was held yet, so nothing was lost with it.
      }
    }
  }

  private void run() throws IOException, InterruptedException {
    say(new Message.Ready());
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      submit(Task.parse(line));
    }
  }

  /** Input that ends while there is work in hand means that the coordinator is dead. */
  private void leaveNothingBehind() {
    if (inHand.get() > 0) {
      Runtime.getRuntime().halt(1);
    }
  }

  private void submit(Task task) throws InterruptedException {
    inHand.incrementAndGet();
    AtomicReference<@Nullable Message> outcome = new AtomicReference<>();
    CompletableFuture<Void> unused =
        pool.submit(callback -> outcome.set(work(callback, task)))
            .completion()
            .whenComplete((done, failure) -> report(outcomeOf(task, outcome.get(), failure)));
  }

  private void report(Message outcome) {
    inHand.decrementAndGet();
    say(outcome);
  }

  /**
   * The callback. From its first line to its return it is inside: when it has returned, however it
   * returned, the pool gives the permit back; and should the process die, the service does.
   */
  private Message work(CallbackInstance callback, Task task)
      throws IOException, InterruptedException {
    Permit permit = compressors.acquire();
    callback.releaseWhenCallbackReturns(permit);
    intervals.begin(task);
    say(new Message.Begun(task.id()));
    try {
      return new Message.Done(task.id(), Compression.of(task, () -> check(permit, task)));
    } catch (IOException e) {
      return new Message.Unreadable(task.id());
    } finally {
      intervals.end(task);
    }
  }

  /** Before each chunk of work: nobody goes on who no longer holds. */
  private void check(Permit permit, Task task) throws IOException {
    permit.ensureHeld();
    intervals.alive(task);
  }

  /** A callback is complete when its permit is back: only then is its file reported as done. */
  private static Message outcomeOf(
      Task task, @Nullable Message outcome, @Nullable Throwable failure) {
    if (outcome == null || failure != null) {
      return new Message.Failed(task.id(), String.valueOf(failure));
    }
    return outcome;
  }

  private void say(Message message) {
    synchronized (out) {
      out.println(message.toLine());
      out.flush();
    }
  }
}
