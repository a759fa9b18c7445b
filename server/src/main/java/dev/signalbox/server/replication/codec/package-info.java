/**
 * Entries and snapshots as bytes, in formats that are versioned apart from the API: a log outlives
 * the release that wrote it.
 */
@NullMarked
package dev.signalbox.server.replication.codec;

import org.jspecify.annotations.NullMarked;
