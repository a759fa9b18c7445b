package dev.signalbox.client.callback;

/**
 * A pool's counters at one moment; read one after the other, so that sums may be off by what
 * happened meanwhile.
 *
 * @param threads workers there are, running a callback or waiting for one
 * @param running callbacks that run
 * @param queued callbacks that wait for a thread
 * @param underWay callbacks that have returned and whose release or closing is under way
 * @param submitted callbacks accepted so far
 * @param rejected callbacks turned away because the pool was closed or full
 * @param succeeded callbacks complete, everything done
 * @param failed callbacks complete, with a failure of whatever kind
 * @param cancelled callbacks that never ran
 * @param threw callbacks that threw (C5)
 * @param releasesRefused atomic releases that failed as a whole (C6)
 * @param permitsLost permits that were lost before they could be given back (C11)
 * @param localFailures locks and resources whose unlocking or closing threw
 * @param leftToService crash-safe signals that the service saw to, as the session was lost (L8)
 */
public record PoolMetrics(
    int threads,
    int running,
    int queued,
    int underWay,
    long submitted,
    long rejected,
    long succeeded,
    long failed,
    long cancelled,
    long threw,
    long releasesRefused,
    long permitsLost,
    long localFailures,
    long leftToService) {}
