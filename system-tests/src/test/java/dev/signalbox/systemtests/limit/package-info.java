/** Limits over several processes, judged by what stands behind them. */
@NullMarked
package dev.signalbox.systemtests.limit;

import org.jspecify.annotations.NullMarked;
