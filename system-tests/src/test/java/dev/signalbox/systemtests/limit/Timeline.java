package dev.signalbox.systemtests.limit;

import java.util.ArrayList;
import java.util.List;

/** When the service was there, within the time that is judged. Not thread-safe. */
final class Timeline {
  private record Span(long from, long until) {
    double seconds() {
      return (until - from) / 1e9;
    }
  }

  private final List<Span> outages = new ArrayList<>();
  private Span whole = new Span(0, 0);

  /** It was away. */
  void outage(long from, long until) {
    outages.add(new Span(from, until));
  }

  /** All of it. */
  void end(long from, long until) {
    whole = new Span(from, until);
  }

  /** How long each outage was for the callers: from the kill to the first call after the return. */
  List<Long> standstills(Arrivals arrivals) {
    return outages.stream()
        .map(outage -> (arrivals.firstFrom(outage.until) - outage.from) / 1_000_000)
        .toList();
  }

  /** And how long it took until the service answered. */
  List<Long> millis() {
    return outages.stream().map(outage -> (outage.until - outage.from) / 1_000_000).toList();
  }

  /** Calls a second, but for the outages. */
  double rate(Arrivals arrivals) {
    int calls = arrivals.between(whole.from, whole.until);
    double seconds = whole.seconds();
    for (Span outage : outages) {
      calls -= arrivals.between(outage.from, outage.until);
      seconds -= outage.seconds();
    }
    return calls / seconds;
  }
}
