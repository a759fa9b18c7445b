/**
 * A test kit for code that uses Signalbox: {@link dev.signalbox.client.testing.TestSignalbox} is
 * the real server in this process, and the real SDK, by a clock that the test moves.
 */
@NullMarked
package dev.signalbox.client.testing;

import org.jspecify.annotations.NullMarked;
