package dev.signalbox.examples.mainjob;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What came of a run.
 *
 * @param options what was asked for
 * @param inventory what there was to do
 * @param ledger who did what
 * @param tally what came of the files
 * @param killing the kill and the recovery
 * @param evidence what the workers wrote down
 * @param took from the first file to the last
 * @param endedWell the living workers ended of themselves when there was nothing more to do
 * @param end the semaphore when all workers had ended
 */
record Report(
    JobOptions options,
    Inventory inventory,
    Ledger ledger,
    Tally tally,
    Killing killing,
    Evidence evidence,
    Duration took,
    boolean endedWell,
    Look end) {

  /** Every promise was kept. */
  boolean isGood() {
    return promises().stream().allMatch(Promise::kept);
  }

  /** The promises, each with a verdict. */
  List<Promise> promises() {
    return List.of(crowding(), killed(), files(), recovery(), rest());
  }

  private Promise crowding() {
    return new Promise(
        "never more than " + options.max() + " inside",
        evidence.highest() <= options.max(),
        Text.format(
            "at most %d at once, in %d intervals that the workers wrote down",
            evidence.highest(), evidence.intervals()));
  }

  private Promise killed() {
    return new Promise(
        "a worker is killed while it is inside",
        killing.held() > 0 && evidence.cut() > 0,
        Text.format("it held %d, and was inside with %d", killing.held(), evidence.cut()));
  }

  private Promise files() {
    long unaccounted =
        inventory.tasks().stream()
            .filter(t -> !evidence.isAccountedFor(t.id(), ledger.timesRedone(t.id())))
            .count();
    boolean complete = tally.hashes() + tally.unreadable() == ledger.files();
    return new Promise(
        "every file is done once, or again and counted so",
        complete && unaccounted == 0 && tally.contradictions() == 0,
        Text.format(
            "%d hashes and %d unreadable of %d files, %d redone, %d hashes contradict, %d unaccounted for",
            tally.hashes(),
            tally.unreadable(),
            ledger.files(),
            ledger.redone(),
            tally.contradictions(),
            unaccounted));
  }

  /**
   * From the kill to the first sign that its permits are back: the service showed it, or one of
   * them was in use again.
   */
  Optional<Duration> recovered() {
    return Stream.of(killing.recovery(), evidence.firstUse())
        .flatMap(Optional::stream)
        .min(Comparator.naturalOrder());
  }

  private Promise recovery() {
    return new Promise(
        "the killed worker's permits are back within " + Text.seconds(killing.limit()),
        recovered().filter(time -> time.compareTo(killing.limit()) <= 0).isPresent(),
        recovered().map(Text::seconds).orElse("never"));
  }

  private Promise rest() {
    return new Promise(
        "in the end every permit is there",
        endedWell && end.isAtRest(),
        Text.format(
                "count %d of %d, %d held, %d waiting",
                end.count(), end.max(), end.held(), end.waiting())
            + (endedWell ? "" : "; a worker did not end well"));
  }
}
