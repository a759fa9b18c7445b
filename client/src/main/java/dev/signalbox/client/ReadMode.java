package dev.signalbox.client;

/** What a look at the service must see. */
public enum ReadMode {
  /** Everything that was confirmed, to anybody, before the look was asked for. The default. */
  LINEARIZABLE,
  /**
   * What the node that we are connected to knows: it needs no word from other nodes, and may lag
   * behind them, by any time if that node was cut off.
   */
  STALE
}
