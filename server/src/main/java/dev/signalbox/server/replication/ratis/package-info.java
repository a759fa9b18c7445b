/**
 * The durable log, on Apache Ratis: one node, or several that replicate. The only room that knows
 * the engine. What is set and why is said in docs/replication.md.
 */
@NullMarked
package dev.signalbox.server.replication.ratis;

import org.jspecify.annotations.NullMarked;
