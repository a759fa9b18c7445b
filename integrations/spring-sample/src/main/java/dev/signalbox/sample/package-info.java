/** Two services that share limits: orders, and the ledger that they are booked in. */
@NullMarked
package dev.signalbox.sample;

import org.jspecify.annotations.NullMarked;
