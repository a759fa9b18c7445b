/**
 * The Signalbox server: {@link dev.signalbox.server.SignalboxServer} wires the rooms, {@link
 * dev.signalbox.server.ServerOptions} says how, {@link dev.signalbox.server.Main} starts it as a
 * process.
 */
@NullMarked
package dev.signalbox.server;

import org.jspecify.annotations.NullMarked;
