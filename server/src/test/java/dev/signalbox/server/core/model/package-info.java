/**
 * A second implementation of the core's contract, made to be checked by eye.
 *
 * <p>It was written from docs/semantics.md alone, without looking at the machine, and it takes the
 * slowest and plainest way everywhere: lists that are scanned again and again, nothing indexed,
 * nothing kept that can be counted. Where it and the machine differ, the contract decides.
 */
@NullMarked
package dev.signalbox.server.core.model;

import org.jspecify.annotations.NullMarked;
