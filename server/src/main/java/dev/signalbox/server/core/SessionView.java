package dev.signalbox.server.core;

/**
 * A session as it was at one moment.
 *
 * @param id its id
 * @param clientName who it is
 * @param leaseMicros its lease
 * @param endAfterBreakMicros how long it outlives its stream (L9); -1: the whole lease
 * @param ephemeral it ends by itself as soon as it neither holds nor waits
 * @param grants grants that it holds
 * @param permits permits that it holds, over all semaphores
 * @param waiting acquires that it waits for
 */
public record SessionView(
    SessionId id,
    String clientName,
    long leaseMicros,
    long endAfterBreakMicros,
    boolean ephemeral,
    long grants,
    long permits,
    long waiting) {}
