package dev.signalbox.server.core;

/**
 * A numbered permit (A8). The pair is a fencing token: a downstream resource that has seen a higher
 * epoch of the slot refuses a lower one.
 *
 * @param number 0 to {@code max_count - 1}
 * @param epoch how often this slot has been granted, this time included
 */
public record Slot(int number, long epoch) {}
