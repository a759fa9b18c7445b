@NullMarked
package dev.signalbox.client.callback;

import org.jspecify.annotations.NullMarked;
