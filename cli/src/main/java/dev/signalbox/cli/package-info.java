/** The command {@code signalbox}, on top of the SDK's public API. */
@NullMarked
package dev.signalbox.cli;

import org.jspecify.annotations.NullMarked;
