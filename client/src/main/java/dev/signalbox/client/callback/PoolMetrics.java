package dev.signalbox.client.callback;

/**
 * A pool's counters at one moment; read one after the other, so that sums may be off by what
 * happened meanwhile.
 *
 * @param threads workers there are, running a callback or waiting for one
 * @param running callbacks that run
 * @param runningLong those of them that the pool has counted out (C8)
 * @param queued callbacks that wait for a thread
 * @param waits callbacks whose grant is waited for, or has come and is not dealt with yet (C9)
 * @param underWay callbacks that have returned and whose release or closing is under way
 * @param submitted callbacks accepted so far, waits for grants included
 * @param rejected callbacks turned away because the pool or their group was closed, or the pool
 *     full
 * @param succeeded callbacks complete, everything done
 * @param failed callbacks complete, with a failure of whatever kind
 * @param cancelled callbacks that never ran
 * @param acquiresFailed those of them whose permits were not acquired, or lost too early (C9)
 * @param threw callbacks that threw (C5)
 * @param releasesRefused atomic releases that failed as a whole (C6)
 * @param permitsLost permits that were lost before they could be given back (C11)
 * @param localFailures locks and resources whose unlocking or closing threw
 */
public record PoolMetrics(
    int threads,
    int running,
    int runningLong,
    int queued,
    int waits,
    int underWay,
    long submitted,
    long rejected,
    long succeeded,
    long failed,
    long cancelled,
    long acquiresFailed,
    long threw,
    long releasesRefused,
    long permitsLost,
    long localFailures) {}
