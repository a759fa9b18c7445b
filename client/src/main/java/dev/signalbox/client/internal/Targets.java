package dev.signalbox.client.internal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Where to connect next: the configured servers in turn, hints of the servers first. Network
 * thread.
 */
final class Targets {
  private final List<String> configured;
  private final Deque<String> hints = new ArrayDeque<>();
  private int turn;

  Targets(List<String> configured) {
    this.configured = configured;
  }

  String next() {
    String hint = hints.poll();
    return hint != null ? hint : configured.get(Math.floorMod(turn++, configured.size()));
  }

  /** Tries these first, best first, once. */
  void prefer(List<String> targets) {
    hints.clear();
    hints.addAll(targets);
  }

  /** The last one served well: stay with it. */
  void stay() {
    if (hints.isEmpty()) {
      turn--;
    }
  }
}
