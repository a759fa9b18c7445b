/** Server processes that are killed, paused, cut off and restarted while clients work. */
@NullMarked
package dev.signalbox.systemtests.faults;

import org.jspecify.annotations.NullMarked;
