/** Clients at work while nodes of a cluster come and go. */
@NullMarked
package dev.signalbox.systemtests.cluster;

import org.jspecify.annotations.NullMarked;
