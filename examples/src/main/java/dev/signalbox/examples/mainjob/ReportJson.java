package dev.signalbox.examples.mainjob;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A report for programs. Times are in milliseconds. */
final class ReportJson {
  private ReportJson() {}

  static Json of(Report report) {
    return new Json()
        .put("good", report.isGood())
        .put("directory", report.options().directory())
        .put("max", report.options().max())
        .put("leaseMillis", report.options().lease().toMillis())
        .put("recovery", report.options().recovery())
        .put("tookMillis", report.took().toMillis())
        .put("highestInside", report.evidence().highest())
        .put("intervals", report.evidence().intervals())
        .put("files", files(report))
        .put("bytes", bytes(report))
        .put("kill", kill(report))
        .put("finalCount", report.end().count())
        .put("promises", report.promises().stream().map(ReportJson::promise).toList());
  }

  private static Json files(Report report) {
    return new Json()
        .put("inAll", report.ledger().files())
        .put("done", report.ledger().done())
        .put("hashes", report.tally().hashes())
        .put("redone", report.ledger().redone())
        .put("handedOn", report.ledger().handedOn())
        .put("reportedTwice", report.tally().twice())
        .put("contradictions", report.tally().contradictions())
        .put("unreadable", report.tally().unreadable())
        .put("changedMeanwhile", report.tally().unsteady())
        .put("leftOut", report.inventory().leftOut())
        .put("readInPart", report.inventory().cut())
        .put("skipped", report.inventory().skipped());
  }

  private static Json bytes(Report report) {
    return new Json()
        .put("inFiles", report.inventory().bytes())
        .put("rounds", report.inventory().rounds())
        .put("read", report.tally().bytes())
        .put("compressed", report.tally().compressed());
  }

  private static Json kill(Report report) {
    Killing killing = report.killing();
    return new Json()
        .put("worker", killing.victimName())
        .put("pid", killing.victim().map(WorkerProcess::pid).orElse(null))
        .put("held", killing.held())
        .put("cutIntervals", report.evidence().cut())
        .put("seenDeadMillis", millis(killing.seenDead()))
        .put("recoveryMillis", millis(report.recovered()))
        .put("seenBackMillis", millis(killing.recovery()))
        .put("firstUseMillis", millis(report.evidence().firstUse()))
        .put("limitMillis", killing.limit().toMillis());
  }

  private static @Nullable Double millis(Optional<Duration> time) {
    return time.map(t -> t.toNanos() / 1e6).orElse(null);
  }

  private static Json promise(Promise promise) {
    return new Json()
        .put("claim", promise.claim())
        .put("kept", promise.kept())
        .put("measured", promise.measured());
  }
}
