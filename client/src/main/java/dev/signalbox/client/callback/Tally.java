package dev.signalbox.client.callback;

import java.util.concurrent.atomic.LongAdder;

/** The counters of a pool, from its start on. */
final class Tally {
  final LongAdder submitted = new LongAdder();
  final LongAdder rejected = new LongAdder();
  final LongAdder succeeded = new LongAdder();
  final LongAdder failed = new LongAdder();
  final LongAdder cancelled = new LongAdder();
  final LongAdder acquiresFailed = new LongAdder();
  final LongAdder threw = new LongAdder();
  final LongAdder releasesRefused = new LongAdder();
  final LongAdder permitsLost = new LongAdder();
  final LongAdder localFailures = new LongAdder();

  PoolMetrics with(Crew.Headcount crew, int waits, int underWay) {
    return new PoolMetrics(
        crew.workers(),
        crew.busy(),
        crew.runningLong(),
        crew.waiting(),
        waits,
        underWay,
        submitted.sum(),
        rejected.sum(),
        succeeded.sum(),
        failed.sum(),
        cancelled.sum(),
        acquiresFailed.sum(),
        threw.sum(),
        releasesRefused.sum(),
        permitsLost.sum(),
        localFailures.sum());
  }
}
