@NullMarked
package dev.signalbox.client.limit;

import org.jspecify.annotations.NullMarked;
