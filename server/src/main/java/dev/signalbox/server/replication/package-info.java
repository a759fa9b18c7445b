/**
 * The ordered log: {@link dev.signalbox.server.replication.Sequencer} packs commands into entries,
 * a {@link dev.signalbox.server.replication.CommandLog} orders and keeps them, and the {@link
 * dev.signalbox.server.replication.Replica} applies them to the machine and tells what came of
 * them.
 */
@NullMarked
package dev.signalbox.server.replication;

import org.jspecify.annotations.NullMarked;
