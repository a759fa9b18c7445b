/** Callback pools in processes that are killed. */
@NullMarked
package dev.signalbox.systemtests.callback;

import org.jspecify.annotations.NullMarked;
