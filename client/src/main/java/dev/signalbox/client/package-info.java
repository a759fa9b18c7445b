/**
 * The Signalbox SDK: named semaphores of a network service, used from Java.
 *
 * <p>Start at {@link dev.signalbox.client.SignalboxClient}. Rule ids such as A3 point into
 * docs/semantics.md.
 *
 * <p>Every call exists in a blocking form and in one that returns a {@link
 * java.util.concurrent.CompletableFuture}. Blocking forms are safe on virtual threads; an interrupt
 * ends the waiting of the caller and, of an acquire, the acquire itself (A7); any other request
 * that was made takes its course. Futures are completed on the executor given to the client's
 * builder.
 */
@NullMarked
package dev.signalbox.client;

import org.jspecify.annotations.NullMarked;
