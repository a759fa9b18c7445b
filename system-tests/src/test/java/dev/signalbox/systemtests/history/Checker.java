package dev.signalbox.systemtests.history;

import java.util.List;
import java.util.stream.Stream;

/** Says what of a history cannot be; see {@link CheckMain} for what that means. */
public final class Checker {
  private Checker() {}

  /**
   * Checks a history.
   *
   * @return what is wrong with it; empty: it is legal
   */
  public static List<Violation> check(History history) {
    List<Holding> holdings = Holding.all(history);
    return Stream.of(
            Answers.check(history),
            ExactlyOnce.check(history),
            Holders.check(history, holdings),
            Slots.check(holdings),
            PreviousCounts.check(history, holdings),
            Counts.check(history),
            Ends.check(history))
        .flatMap(List::stream)
        .toList();
  }
}
