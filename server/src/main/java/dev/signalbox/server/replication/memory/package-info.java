/** The log that keeps nothing. */
@NullMarked
package dev.signalbox.server.replication.memory;

import org.jspecify.annotations.NullMarked;
