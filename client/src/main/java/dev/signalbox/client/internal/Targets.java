package dev.signalbox.client.internal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where to connect next: hints of the servers first, then the configured servers in turn, with the
 * best of the last hints among them: a server that is just taking over may refuse at first. Network
 * thread.
 */
final class Targets {
  private static final Pattern TARGET = Pattern.compile("[^/\\s%]+:([0-9]{1,5})");
  private static final int LARGEST_PORT = 65_535;

  private final List<String> configured;
  private final Deque<String> hints = new ArrayDeque<>();
  private @Nullable String learned;
  private String last = "";
  private int turn;

  Targets(List<String> configured) {
    this.configured = configured;
  }

  String next() {
    String hint = hints.poll();
    last = hint != null ? hint : inTurn();
    return last;
  }

  private String inTurn() {
    int place = Math.floorMod(turn++, configured.size() + (learned == null ? 0 : 1));
    return place == configured.size() && learned != null ? learned : configured.get(place);
  }

  /** Whether it is {@code host:port}. */
  static boolean isTarget(String text) {
    Matcher matcher = TARGET.matcher(text);
    return matcher.matches() && Integer.parseInt(matcher.group(1)) <= LARGEST_PORT;
  }

  /** Tries these first, best first; not what is no target. */
  void prefer(List<String> targets) {
    hints.clear();
    targets.stream().filter(Targets::isTarget).forEach(hints::add);
    String best = hints.peek();
    if (best != null) {
      learned = configured.contains(best) ? null : best;
    }
  }

  /** The last one serves well: it comes first next time. */
  void stay() {
    hints.addFirst(last);
  }

  /** The last one is silent: another one comes first next time, if there is one. */
  void leave() {
    hints.remove(last);
    if (!inTurn().equals(last)) {
      turn--;
    }
  }
}
