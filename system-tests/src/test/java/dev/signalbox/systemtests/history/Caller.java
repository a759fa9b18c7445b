package dev.signalbox.systemtests.history;

import dev.signalbox.client.Acquire;
import dev.signalbox.client.Permit;
import dev.signalbox.client.ReleaseItem;
import dev.signalbox.client.RemoteSemaphore;
import dev.signalbox.client.SignalboxClient;
import dev.signalbox.client.SignalboxException;
import dev.signalbox.systemtests.history.Ask.Give;
import dev.signalbox.systemtests.history.Ask.Mode;
import dev.signalbox.systemtests.history.Ask.Want;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;

/**
 * Makes calls and records them, for one thread. What a call throws is recorded and thrown on.
 * {@link Stay} keeps a permit for a while.
 */
final class Caller {
  private final Recorder recorder;
  private final SignalboxClient client;
  private final Map<String, RemoteSemaphore> semaphores;
  private final int thread;

  Caller(
      Recorder recorder,
      SignalboxClient client,
      Map<String, RemoteSemaphore> semaphores,
      int thread) {
    this.recorder = recorder;
    this.client = client;
    this.semaphores = semaphores;
    this.thread = thread;
  }

  Recorder recorder() {
    return recorder;
  }

  Optional<Permit> acquire(Want want) throws InterruptedException {
    return record(
        Ask.acquire(want), () -> client.acquire(acquireOf(want)), got -> Outcomes.acquired(got));
  }

  /** Acquires, but changes its mind if the grant has not come by then (A7). */
  Optional<Permit> acquireOrCancel(Want want, long nanos) throws InterruptedException {
    CompletableFuture<Optional<Permit>> cancelled = new CompletableFuture<>();
    return record(
        Ask.acquire(want),
        () -> {
          CompletableFuture<Optional<Permit>> permit = client.acquireAsync(acquireOf(want));
          LockSupport.parkNanos(nanos);
          return permit.cancel(false) ? cancel(cancelled) : permit.join();
        },
        got -> cancelled.isDone() ? Outcomes.cancelled(want) : Outcomes.acquired(got));
  }

  private static Optional<Permit> cancel(CompletableFuture<Optional<Permit>> note) {
    note.cancel(false);
    return Optional.empty();
  }

  /** {@link Permit#release}: waits for the answer. */
  void release(Permit permit) throws InterruptedException {
    record(Ask.release(Give.back(permit.id())), permit::release, Outcomes::released);
  }

  /** {@link Permit#close}: does not wait for an answer. */
  void close(Permit permit) throws InterruptedException {
    record(
        Ask.release(Give.back(permit.id())),
        () -> {
          permit.close();
          return "";
        },
        nothing -> Outcome.unknown("NOT_ASKED"));
  }

  /** {@link RemoteSemaphore#release}: the model's release. */
  void signal(String semaphore, int permits) throws InterruptedException {
    record(
        Ask.release(Give.signal(semaphore, permits)),
        () -> semaphore(semaphore).release(permits),
        Outcomes::released);
  }

  /** Gives a permit back and signals, in one step (R3). */
  void releaseAndSignal(Permit permit, String semaphore, int permits) throws InterruptedException {
    Ask ask = Ask.release(Give.back(permit.id()), Give.signal(semaphore, permits));
    List<ReleaseItem> items =
        List.of(ReleaseItem.giveBack(permit), ReleaseItem.signal(semaphore(semaphore), permits));
    record(ask, () -> client.release(items), Outcomes::released);
  }

  /** Gives a permit back and acquires, in one step (A6). */
  Optional<Permit> exchange(Permit permit, Want want) throws InterruptedException {
    List<ReleaseItem> items = List.of(ReleaseItem.giveBack(permit));
    return record(
            new Ask(List.of(Give.back(permit.id())), want),
            () -> client.releaseAndAcquire(items, acquireOf(want)),
            Outcomes::exchanged)
        .permit();
  }

  private <T> T record(Ask ask, Operation<T> operation, Told<T> told) throws InterruptedException {
    long call = recorder.invoked(thread, ask);
    try {
      T answer = operation.run();
      recorder.returned(call, told.outcome(answer));
      return answer;
    } catch (SignalboxException e) {
      recorder.returned(call, Outcomes.failed(e));
      throw e;
    } catch (CompletionException e) {
      SignalboxException cause = Outcomes.cause(e);
      recorder.returned(call, Outcomes.failed(cause));
      throw cause;
    } catch (CancellationException | InterruptedException e) {
      recorder.returned(call, Outcome.unknown(e.getClass().getSimpleName()));
      throw e;
    }
  }

  private Acquire acquireOf(Want want) {
    Acquire.Part[] parts =
        want.parts().stream()
            .map(part -> semaphore(part.semaphore()).permits(part.permits()))
            .toArray(Acquire.Part[]::new);
    Acquire acquire = want.mode() == Mode.ANY_OF ? Acquire.anyOf(parts) : Acquire.allOf(parts);
    acquire = want.consume() ? acquire.consume() : acquire;
    Long wait = want.waitMillis();
    return wait == null ? acquire : acquire.within(Duration.ofMillis(wait));
  }

  private RemoteSemaphore semaphore(String name) {
    RemoteSemaphore semaphore = semaphores.get(name);
    if (semaphore == null) {
      throw new IllegalArgumentException(name);
    }
    return semaphore;
  }

  private interface Operation<T> {
    T run() throws InterruptedException;
  }

  private interface Told<T> {
    Outcome outcome(T answer);
  }
}
