/** A service that books orders in the ledger, within the limits of all its processes together. */
@NullMarked
package dev.signalbox.sample.orders;

import org.jspecify.annotations.NullMarked;
