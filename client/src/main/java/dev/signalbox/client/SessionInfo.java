package dev.signalbox.client;

import java.time.Duration;

/**
 * A session as it was at one moment.
 *
 * @param number tells it from all others, ever; not a credential. See {@link
 *     SemaphoreInfo.Holder#sessionNumber}
 * @param clientName its client's name
 * @param lease its lease (L1)
 * @param grants how many grants it holds
 * @param permits how many permits, over all semaphores
 * @param waiting for how many acquires it waits
 */
public record SessionInfo(
    long number, String clientName, Duration lease, long grants, long permits, long waiting) {}
