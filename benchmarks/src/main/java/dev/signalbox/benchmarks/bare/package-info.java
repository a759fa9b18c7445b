/**
 * A bare map of counts behind gRPC: no sessions, no log, no grants, no leases. What Signalbox costs
 * beside it is the price of what it promises.
 */
@NullMarked
package dev.signalbox.benchmarks.bare;

import org.jspecify.annotations.NullMarked;
