/**
 * Replays recorded runs of the reference model against a real server, through the SDK. {@link
 * dev.signalbox.systemtests.oracle.Deviation} is the one table of where our promise differs.
 */
@NullMarked
package dev.signalbox.systemtests.oracle;

import org.jspecify.annotations.NullMarked;
