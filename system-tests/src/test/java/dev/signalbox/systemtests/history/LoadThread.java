package dev.signalbox.systemtests.history;

import dev.signalbox.client.Permit;
import dev.signalbox.client.SignalboxException;
import dev.signalbox.systemtests.history.Ask.Mode;
import dev.signalbox.systemtests.history.Ask.Want;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * One thread of the load: makes random calls, one at a time, until it is told to stop. It never
 * waits while it holds, so threads cannot lock one another out. Two neighbouring signalled
 * semaphores are its share of those, so that few calls of one semaphore overlap.
 */
final class LoadThread implements Callable<Void> {
  private static final long LONGEST_STAY = TimeUnit.MILLISECONDS.toNanos(4);
  private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(2);
  private static final long AFTER_FAILURE = TimeUnit.MILLISECONDS.toNanos(50);
  private static final int LONGEST_WAIT_MILLIS = 30;

  private final Caller caller;
  private final SplittableRandom random;
  private final List<String> signalled;
  private final AtomicBoolean stop;

  LoadThread(Caller caller, int number, long seed, AtomicBoolean stop) {
    this.caller = caller;
    this.random = new SplittableRandom(seed);
    this.stop = stop;
    int share = number % LoadPlan.SIGNALLED.size();
    this.signalled =
        List.of(
            LoadPlan.SIGNALLED.get(share),
            LoadPlan.SIGNALLED.get((share + 1) % LoadPlan.SIGNALLED.size()));
  }

  @Override
  public Void call() throws InterruptedException {
    while (!stop.get()) {
      try {
        step();
      } catch (SignalboxException.TooManyPosts e) {
        LockSupport.parkNanos(random.nextLong(LONGEST_PAUSE));
      } catch (SignalboxException e) {
        LockSupport.parkNanos(AFTER_FAILURE);
      }
    }
    return null;
  }

  private void step() throws InterruptedException {
    switch (random.nextInt(8)) {
      case 0, 1, 2, 3 -> visit();
      case 4, 5 -> caller.signal(oneOf(signalled), 1 + random.nextInt(2));
      default -> consume();
    }
    LockSupport.parkNanos(random.nextLong(LONGEST_PAUSE));
  }

  private void visit() throws InterruptedException {
    Optional<Permit> permit =
        random.nextInt(4) == 0
            ? caller.acquireOrCancel(toHold(), random.nextLong(LONGEST_STAY))
            : caller.acquire(toHold());
    if (permit.isPresent()) {
      stayAndLeave(permit.get());
    }
  }

  private void stayAndLeave(Permit permit) throws InterruptedException {
    stay(permit);
    switch (random.nextInt(6)) {
      case 0 -> caller.close(permit);
      case 1 -> signalOnLeaving(permit);
      case 2 -> exchange(permit);
      default -> caller.release(permit);
    }
  }

  private void stay(Permit permit) {
    Stay.with(caller.recorder(), permit, random.nextLong(LONGEST_STAY));
  }

  /** Where the signal is refused nothing is given back either (R3). */
  private void signalOnLeaving(Permit permit) throws InterruptedException {
    try {
      caller.releaseAndSignal(permit, oneOf(signalled), 1);
    } catch (SignalboxException.TooManyPosts e) {
      stay(permit);
      caller.release(permit);
    }
  }

  private void exchange(Permit permit) throws InterruptedException {
    Optional<Permit> next = caller.exchange(permit, toHold().within(waitMillis()));
    if (next.isPresent()) {
      stay(next.get());
      caller.release(next.get());
    }
  }

  private Want toHold() {
    String first = oneOf(LoadPlan.HELD);
    Want want =
        switch (random.nextInt(6)) {
          case 0 -> Want.one(Mode.ANY_OF, first, otherThan(first));
          case 1 -> Want.one(Mode.ALL_OF, first, otherThan(first));
          default -> Want.of(first, 1 + random.nextInt(LoadPlan.max(first)));
        };
    return random.nextInt(3) == 0 ? want : want.within(waitMillis());
  }

  private String otherThan(String name) {
    int next = LoadPlan.HELD.indexOf(name) + 1 + random.nextInt(LoadPlan.HELD.size() - 1);
    return LoadPlan.HELD.get(next % LoadPlan.HELD.size());
  }

  private void consume() throws InterruptedException {
    Want want =
        random.nextInt(4) == 0
            ? Want.one(Mode.ANY_OF, signalled.toArray(String[]::new))
            : Want.of(oneOf(signalled), 1);
    caller.acquire(want.consumed().within(waitMillis()));
  }

  private long waitMillis() {
    return random.nextBoolean() ? 0 : 1 + random.nextInt(LONGEST_WAIT_MILLIS);
  }

  private String oneOf(List<String> names) {
    return names.get(random.nextInt(names.size()));
  }
}
