/**
 * The heart: the pure state machine that keeps semaphores, queues, grants and sessions.
 *
 * <p>{@link dev.signalbox.server.core.Machine#apply} takes one log entry and returns what came of
 * it. Nothing in this package reads a clock, does IO, starts a thread, draws a random number or
 * depends on an iteration order that differs between nodes: the same entries give the same state
 * and the same outcomes everywhere. All times are log times in microseconds. Nothing here is
 * thread-safe; one thread applies.
 */
@NullMarked
package dev.signalbox.server.core;

import org.jspecify.annotations.NullMarked;
