/** Other semaphore services, with their own clients, as contestants of the load driver. */
@NullMarked
package dev.signalbox.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
