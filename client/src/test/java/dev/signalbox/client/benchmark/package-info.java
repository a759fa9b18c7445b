/** Measurements, run by hand. */
@NullMarked
package dev.signalbox.client.benchmark;

import org.jspecify.annotations.NullMarked;
