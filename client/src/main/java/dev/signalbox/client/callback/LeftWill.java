package dev.signalbox.client.callback;

import dev.signalbox.client.LastWill;
import dev.signalbox.client.ReleaseItem;
import java.util.List;

/** A callback's will, and the signals that it says: at least one. */
record LeftWill(LastWill will, List<ReleaseItem.Signal> signals) {}
