/** Holds the README to its word. */
@NullMarked
package dev.signalbox.examples;

import org.jspecify.annotations.NullMarked;
