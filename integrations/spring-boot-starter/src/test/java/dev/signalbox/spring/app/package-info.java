/** An application that uses the starter as any other would. */
@NullMarked
package dev.signalbox.spring.app;

import org.jspecify.annotations.NullMarked;
