package dev.signalbox.client.limit;

import dev.signalbox.client.limit.Admission.Grounds;
import dev.signalbox.client.limit.Refusal.Cause;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Decides without the service. Never waits. */
interface Fallback {
  /** About a call that needs permits of these semaphores. */
  Decision decide(String[] names);

  /** What becomes of the calls meanwhile, for the log. */
  String words();

  static Fallback of(
      String limiter,
      FailMode mode,
      LimitSet limits,
      Duration retryAfter,
      Tally tally,
      LongSupplier clock) {
    if (mode instanceof FailMode.Local local) {
      Duration retry = limits.retryAfter(local.share(), retryAfter);
      return new Local(
          new Refusal(limiter, Cause.LOCAL_LIMIT, retry),
          new LocalLimits(limits, local.share(), clock),
          tally);
    }
    return mode instanceof FailMode.Open
        ? new Open(tally)
        : new Closed(new Refusal(limiter, Cause.UNAVAILABLE, retryAfter), tally);
  }

  /** See {@link FailMode#closed}. */
  record Closed(Refusal refusal, Tally tally) implements Fallback {
    @Override
    public Decision decide(String[] names) {
      tally.refusedUnavailable.increment();
      return refusal;
    }

    @Override
    public String words() {
      return "calls are refused";
    }
  }

  /** See {@link FailMode#open}. */
  record Open(Tally tally) implements Fallback {
    @Override
    public Decision decide(String[] names) {
      tally.passedOpen.increment();
      return new Pass(tally, Grounds.OPEN);
    }

    @Override
    public String words() {
      return "calls are let in";
    }
  }

  /** See {@link FailMode#local}. */
  record Local(Refusal refusal, LocalLimits limits, Tally tally) implements Fallback {
    @Override
    public Decision decide(String[] names) {
      LocalLimit[] taken = limits.take(names);
      if (taken == null) {
        tally.refusedLocal.increment();
        return refusal;
      }
      tally.passedLocal.increment();
      return new Pass.Local(tally, limits, taken);
    }

    @Override
    public String words() {
      return "calls are held to this process's share";
    }
  }
}
