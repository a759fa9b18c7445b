/** What only several processes, a bad network or the real image can show. */
@NullMarked
package dev.signalbox.systemtests;

import org.jspecify.annotations.NullMarked;
