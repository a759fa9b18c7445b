package dev.signalbox.systemtests.linear;

import dev.signalbox.client.RemoteSemaphore;
import dev.signalbox.client.SemaphoreSpec;
import dev.signalbox.client.SignalboxClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * Threads that make random calls of a few semaphores, each call recorded, over clients that they
 * share. Nothing is held: a wait uses up what it takes, so that counts tell everything.
 */
public final class ConcurrentRun {
  private static final long PATIENCE_SECONDS = 120;

  private final List<SignalboxClient> clients;
  private final Plan plan;
  private final AtomicLong clock = new AtomicLong();

  private ConcurrentRun(List<SignalboxClient> clients, Plan plan) {
    this.clients = clients;
    this.plan = plan;
  }

  /**
   * What a run is like.
   *
   * @param seed of the random calls
   * @param threads how many
   * @param semaphores how many
   * @param initial what each counts before
   * @param maximum of each
   * @param namespace where they are, which nobody else may touch
   * @param unheard how many calls the first thread may make whose answer it does not wait for,
   *     where that takes long. The search takes time that doubles with each
   */
  public record Plan(
      long seed,
      int threads,
      int semaphores,
      int initial,
      int maximum,
      String namespace,
      int unheard) {}

  /**
   * Runs until it is told to stop, each thread for so many calls at most.
   *
   * @param clients the threads take turns in using them
   * @param calls of each thread
   * @param stop looked at before each call
   */
  public static Concurrent of(
      List<SignalboxClient> clients, Plan plan, int calls, BooleanSupplier stop) throws Exception {
    return new ConcurrentRun(clients, plan).run(calls, stop);
  }

  private Concurrent run(int calls, BooleanSupplier stop) throws Exception {
    List<RemoteSemaphore> first = semaphores(clients.get(0));
    ExecutorService threads = Executors.newFixedThreadPool(plan.threads());
    try {
      List<Future<List<Attempt>>> parts = new ArrayList<>();
      for (int i = 0; i < plan.threads(); i++) {
        SignalboxClient client = clients.get(i % clients.size());
        parts.add(
            threads.submit(
                new Chance(i, plan, client, semaphores(client), clock).calls(calls, stop)));
      }
      List<Attempt> all = new ArrayList<>();
      for (Future<List<Attempt>> part : parts) {
        all.addAll(part.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
      }
      return history(all, first);
    } finally {
      threads.shutdownNow();
    }
  }

  private List<RemoteSemaphore> semaphores(SignalboxClient client) throws InterruptedException {
    SemaphoreSpec spec = SemaphoreSpec.max(plan.maximum()).initial(plan.initial());
    List<RemoteSemaphore> semaphores = new ArrayList<>();
    for (int i = 0; i < plan.semaphores(); i++) {
      semaphores.add(client.semaphores().create(plan.namespace() + "/s" + i, spec));
    }
    return semaphores;
  }

  private Concurrent history(List<Attempt> calls, List<RemoteSemaphore> semaphores)
      throws InterruptedException {
    List<Integer> counts = new ArrayList<>();
    for (RemoteSemaphore semaphore : semaphores) {
      counts.add(semaphore.info().count());
    }
    return new Concurrent(
        plan.seed(),
        plan.threads(),
        plan.semaphores(),
        plan.initial(),
        plan.maximum(),
        counts,
        calls);
  }
}
