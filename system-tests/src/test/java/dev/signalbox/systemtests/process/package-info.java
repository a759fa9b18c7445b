/** SDK clients in processes of their own, which a test can command, pause and kill. */
@NullMarked
package dev.signalbox.systemtests.process;

import org.jspecify.annotations.NullMarked;
