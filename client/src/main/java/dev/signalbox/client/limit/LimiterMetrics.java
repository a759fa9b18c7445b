package dev.signalbox.client.limit;

/**
 * What a {@link Limiter} has decided since it was made.
 *
 * @param inFlight calls that are let in and have not ended
 * @param waiting calls that wait for a decision
 * @param granted calls that the service let in
 * @param refused calls that the limits turned away
 * @param passedOpen calls let in because the service could not be reached
 * @param passedLocal calls let in by the process's own share, as the service could not be reached
 * @param refusedLocal calls turned away by the process's own share
 * @param refusedUnavailable calls turned away because the service could not be reached
 * @param shadowGranted calls of a shadow that would have been let in
 * @param shadowRefused calls of a shadow that would have been turned away
 * @param shadowUndecided calls of a shadow about which nothing is known: no answer came, or too
 *     many were being asked for already
 */
public record LimiterMetrics(
    long inFlight,
    long waiting,
    long granted,
    long refused,
    long passedOpen,
    long passedLocal,
    long refusedLocal,
    long refusedUnavailable,
    long shadowGranted,
    long shadowRefused,
    long shadowUndecided) {}
