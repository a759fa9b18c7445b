/** The real image, started by Docker, with SDK clients in processes of their own. */
@NullMarked
package dev.signalbox.systemtests.docker;

import org.jspecify.annotations.NullMarked;
