package dev.signalbox.systemtests.history;

import dev.signalbox.systemtests.history.Outcome.Gave;
import dev.signalbox.systemtests.history.Outcome.Got;
import dev.signalbox.systemtests.history.Violation.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whether each grant was made once, given back once, and never went without a reason. */
final class ExactlyOnce {
  private final History history;
  private final Map<String, Call> granted = new HashMap<>();
  private final Map<String, Call> givenBack = new HashMap<>();
  private final Map<String, List<Call>> askedBack = new HashMap<>();
  private final List<Violation> violations = new ArrayList<>();

  private ExactlyOnce(History history) {
    this.history = history;
  }

  static List<Violation> check(History history) {
    ExactlyOnce check = new ExactlyOnce(history);
    history.calls().forEach(check::note);
    history.calls().forEach(check::explain);
    return check.violations;
  }

  private void note(Call call) {
    Got got = call.got();
    if (got != null && !got.grant().isEmpty()) {
      once(granted, got.grant(), call, Kind.GRANTED_TWICE);
    }
    Holding.givenBack(call).forEach(grant -> once(givenBack, grant, call, Kind.RELEASED_TWICE));
    call.givesBack()
        .forEach(grant -> askedBack.computeIfAbsent(grant, g -> new ArrayList<>()).add(call));
  }

  private void once(Map<String, Call> seen, String grant, Call call, Kind kind) {
    Call before = seen.putIfAbsent(grant, call);
    if (before != null) {
      violations.add(new Violation(kind, "grant " + grant, before, call));
    }
  }

  private void explain(Call call) {
    List<Gave> gave = call.outcome().gave();
    for (int i = 0; i < gave.size(); i++) {
      String grant = call.ask().gives().get(i).grant();
      if (grant != null) {
        explain(call, grant, gave.get(i));
      }
    }
  }

  private void explain(Call call, String grant, Gave gave) {
    Call acquire = granted.get(grant);
    if (acquire == null) {
      violations.add(new Violation(Kind.WRONG_ANSWER, "nobody was granted " + grant, call));
    } else if (!gave.released() && !mayBeGone(call, grant, acquire)) {
      violations.add(new Violation(Kind.GRANT_LOST, "grant " + grant, acquire, call));
    }
  }

  private boolean mayBeGone(Call call, String grant, Call acquire) {
    return wasGivenBackElsewhere(call, grant) || sessionWasLost(acquire);
  }

  private boolean wasGivenBackElsewhere(Call call, String grant) {
    return askedBack.getOrDefault(grant, List.of()).stream()
        .anyMatch(other ->
            !other.equals(call)
                && other.begun() < call.ended()
                && other.outcome().verdict() != Outcome.Verdict.NOT_DONE);
  }

  private boolean sessionWasLost(Call acquire) {
    return history.sessions().stream()
        .anyMatch(session ->
            session.what().equals("lost")
                && session.process().equals(acquire.process())
                && session.at() >= acquire.begun());
  }
}
