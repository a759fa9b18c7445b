package dev.signalbox.systemtests.history;

import dev.signalbox.client.Permit;
import dev.signalbox.client.ReleaseResult;
import dev.signalbox.client.ReleasedAndAcquired;
import dev.signalbox.client.SignalboxException;
import dev.signalbox.systemtests.history.Ask.Want;
import dev.signalbox.systemtests.history.Outcome.Gave;
import dev.signalbox.systemtests.history.Outcome.Got;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Makes outcomes of the SDK's answers. */
final class Outcomes {
  private Outcomes() {}

  static Outcome acquired(Optional<Permit> permit) {
    return Outcome.ok(List.of(), got(permit));
  }

  static Outcome released(ReleaseResult result) {
    return released(List.of(result));
  }

  static Outcome released(List<ReleaseResult> results) {
    return Outcome.ok(gave(results), null);
  }

  static Outcome exchanged(ReleasedAndAcquired answer) {
    return Outcome.ok(gave(answer.released()), got(answer.permit()));
  }

  /** A grant that crossed the cancellation is given back (A7), but what is consumed is gone. */
  static Outcome cancelled(Want want) {
    return want.consume() ? Outcome.unknown("CANCELLED") : Outcome.notDone("CANCELLED");
  }

  static Outcome failed(SignalboxException e) {
    return e.conclusion() == SignalboxException.Conclusion.NOT_DONE
        ? Outcome.notDone(e.reason())
        : Outcome.unknown(e.reason());
  }

  static SignalboxException cause(CompletionException e) {
    if (e.getCause() instanceof SignalboxException cause) {
      return cause;
    }
    throw e;
  }

  private static List<Gave> gave(List<ReleaseResult> results) {
    return results.stream()
        .map(result ->
            new Gave(
                result.released(),
                result.notHeldBecause().map(Enum::name).orElse(null),
                result.previousCounts()))
        .toList();
  }

  private static @Nullable Got got(Optional<Permit> permit) {
    return permit.map(held -> new Got(held.id(), held.parts())).orElse(null);
  }
}
