/**
 * Limits on what many services share: a {@link dev.signalbox.client.limit.Limiter} stands where
 * calls already pass and decides about each of them.
 */
@NullMarked
package dev.signalbox.client.limit;

import org.jspecify.annotations.NullMarked;
