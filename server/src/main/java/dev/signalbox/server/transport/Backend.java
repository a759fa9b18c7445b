package dev.signalbox.server.transport;

import dev.signalbox.server.core.Limits;
import dev.signalbox.server.replication.Cluster;
import dev.signalbox.server.replication.Sequencer;
import dev.signalbox.server.session.Sessions;

/**
 * What the services stand on.
 *
 * @param sequencer takes commands and reads
 * @param sessions knows the open sessions
 * @param cluster knows which node leads
 * @param limits the machine's limits, for what is told to clients
 */
public record Backend(Sequencer sequencer, Sessions sessions, Cluster cluster, Limits limits) {}
