/** A ledger that breaks when too many come at once, and the limit at its door. */
@NullMarked
package dev.signalbox.sample.ledger;

import org.jspecify.annotations.NullMarked;
