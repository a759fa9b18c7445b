/** A disk that fails when a test says so, for a server process. */
@NullMarked
package dev.signalbox.server.disk;

import org.jspecify.annotations.NullMarked;
