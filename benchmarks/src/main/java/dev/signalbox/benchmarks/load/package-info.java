/** The load driver: the same workloads against Signalbox and its peers, in one interleaved run. */
@NullMarked
package dev.signalbox.benchmarks.load;

import org.jspecify.annotations.NullMarked;
