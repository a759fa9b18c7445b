/** Tests of the main job: its parts here, the whole of it in {@code MainJobIT}. */
@NullMarked
package dev.signalbox.examples.mainjob;

import org.jspecify.annotations.NullMarked;
