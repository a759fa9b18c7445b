/**
 * Concurrent histories of a few semaphores in which every answer is exact, and a search for an
 * order of the calls that explains all of them at once. The checker of {@link
 * dev.signalbox.systemtests.history} judges more kinds of calls, but each semaphore by itself.
 */
@NullMarked
package dev.signalbox.systemtests.linear;

import org.jspecify.annotations.NullMarked;
