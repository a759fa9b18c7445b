/** Many threads in many processes, while their connections are cut. */
@NullMarked
package dev.signalbox.systemtests.chaos;

import org.jspecify.annotations.NullMarked;
