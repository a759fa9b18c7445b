/** A command that runs while permits are held, and is stopped before they are anybody else's. */
@NullMarked
package dev.signalbox.cli.run;

import org.jspecify.annotations.NullMarked;
