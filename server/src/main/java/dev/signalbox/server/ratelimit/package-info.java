/**
 * Rate limits by a file of rules: which rule a request falls under, which semaphore stands for it,
 * and what is asked of the log. Knows nothing of the wire.
 */
@NullMarked
package dev.signalbox.server.ratelimit;

import org.jspecify.annotations.NullMarked;
