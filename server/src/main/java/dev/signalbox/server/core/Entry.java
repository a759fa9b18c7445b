package dev.signalbox.server.core;

import java.util.List;

/**
 * One entry of the log: commands that are applied one after the other at one time.
 *
 * @param time the leader's log time in microseconds (L3); a time before the machine's own counts as
 *     the machine's own
 * @param saltHigh upper half of 128 random bits that only the log knows; ids of this entry are
 *     derived from them (A8)
 * @param saltLow lower half of the salt
 * @param commands applied in this order; empty in a clock tick
 */
public record Entry(long time, long saltHigh, long saltLow, List<Command> commands) {}
