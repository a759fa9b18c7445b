/** Callback pools: callbacks whose permits are released when they return. */
@NullMarked
package dev.signalbox.client.callback;

import org.jspecify.annotations.NullMarked;
