package dev.signalbox.examples.mainjob;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A report for people. */
final class ReportText {
  private final Report report;
  private final List<String> lines = new ArrayList<>();

  private ReportText(Report report) {
    this.report = report;
  }

  static List<String> of(Report report) {
    ReportText text = new ReportText(report);
    text.files();
    text.leftOut();
    text.work();
    text.kill();
    text.verdict();
    return text.lines;
  }

  private void files() {
    Ledger ledger = report.ledger();
    line(
        "files     %d of %d done; %d were begun in vain and done again, %d handed on",
        ledger.done(), ledger.files(), ledger.redone(), ledger.handedOn());
  }

  private void leftOut() {
    Inventory inventory = report.inventory();
    note(inventory.leftOut(), "%d more files left out: too much work (see --work)");
    note(inventory.cut(), "%d files read in part: larger than --per-file");
    note(inventory.skipped(), "%d entries skipped: unreadable, links or special");
    note(report.tally().unreadable(), "%d files gone or unreadable when their turn came");
    note(report.tally().unsteady(), "%d files written to while they were read");
  }

  private void note(int number, String text) {
    if (number > 0) {
      line("          " + text, number);
    }
  }

  private void work() {
    Tally tally = report.tally();
    line(
        "bytes     %s in the files; %s read, small files up to %d times; compressed to %s",
        Text.megabytes(report.inventory().bytes()),
        Text.megabytes(tally.bytes()),
        report.inventory().rounds(),
        Text.megabytes(tally.compressed()));
    line("time      %s, %s", Text.seconds(report.took()), Text.rate(tally.bytes(), report.took()));
    line(
        "inside    at most %d at once, by what the workers wrote down",
        report.evidence().highest());
  }

  private void kill() {
    Killing killing = report.killing();
    killing
        .victim()
        .ifPresent(v -> line("kill      SIGKILL to %s, holding %d", v.title(), killing.held()));
    killing
        .recovery()
        .ifPresent(time -> line("recovery  seen at the service after %s", Text.seconds(time)));
    Optional<Duration> use = report.evidence().firstUse();
    use.ifPresent(time -> line("          in use again after %s", Text.seconds(time)));
  }

  private void verdict() {
    lines.add("");
    report.promises().forEach(promise -> lines.add(promise.toString()));
    lines.add("");
    lines.add(report.isGood() ? "Every promise was kept." : "A PROMISE WAS BROKEN.");
  }

  private void line(String format, Object... values) {
    lines.add("  " + Text.format(format, values));
  }
}
