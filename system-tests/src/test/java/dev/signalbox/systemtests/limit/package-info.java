/** Limits that many clients share. */
@NullMarked
package dev.signalbox.systemtests.limit;

import org.jspecify.annotations.NullMarked;
