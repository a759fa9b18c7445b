package dev.signalbox.systemtests.history;

import dev.signalbox.client.GrantedPart;
import dev.signalbox.systemtests.history.Outcome.Got;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The time for which permits of one semaphore were certainly held.
 *
 * @param call the acquire
 * @param part the permits
 * @param from the acquire's return
 * @param until the last moment that is certain; may be {@code from}, which is no time at all
 */
record Holding(Call call, GrantedPart part, long from, long until) {
  /** Of all grants of a history. */
  static List<Holding> all(History history) {
    Map<String, Long> certain = new HashMap<>(history.held());
    for (Call call : history.calls()) {
      givenBack(call).forEach(grant -> certain.merge(grant, call.begun(), Math::max));
    }
    List<Holding> holdings = new ArrayList<>();
    for (Call call : history.calls()) {
      Got got = call.got();
      if (got != null) {
        long until = Math.max(call.ended(), certain.getOrDefault(got.grant(), call.ended()));
        got.parts().stream()
            .filter(part -> !part.consumed())
            .forEach(part -> holdings.add(new Holding(call, part, call.ended(), until)));
      }
    }
    return holdings;
  }

  /** The grants that a call was told it did give back. */
  static List<String> givenBack(Call call) {
    List<String> grants = new ArrayList<>();
    for (int i = 0; i < call.outcome().gave().size(); i++) {
      String grant = call.ask().gives().get(i).grant();
      if (grant != null && call.outcome().gave().get(i).released()) {
        grants.add(grant);
      }
    }
    return grants;
  }

  boolean overlaps(Holding other) {
    return from < other.until && other.from < until;
  }

  boolean covers(long begin, long end) {
    return from <= begin && end <= until;
  }
}
