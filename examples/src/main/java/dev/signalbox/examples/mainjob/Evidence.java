package dev.signalbox.examples.mainjob;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the workers' own interval files show; nothing of it comes from the service.
 *
 * <p>An interval that the kill cut counts until the SIGKILL was sent, or until its last sign of
 * life if that is later: a killed process does not work on, and if one did, this would show it. The
 * moment at which the process is seen dead is no measure, as a busy machine may take longer to see
 * it than the service takes to let the next one in.
 *
 * @param intervals how many times somebody was inside
 * @param cut how many of them the kill cut short
 * @param highest the most that were ever inside at once
 * @param firstUse from the kill to the first moment at which the living had so many inside that a
 *     permit of the killed must have been among theirs; empty if they never had
 * @param begun how many times each file was begun
 * @param ended how many times each file was gone through to the end
 */
record Evidence(
    int intervals,
    int cut,
    int highest,
    Optional<Duration> firstUse,
    Map<Integer, Long> begun,
    Map<Integer, Long> ended) {

  /**
   * The kill.
   *
   * @param worker its name
   * @param begun when the kill was asked for, in microseconds since 1970
   * @param sent when the signal had been sent
   */
  record Kill(String worker, long begun, long sent) {}

  /** Draws the conclusions from all intervals of a run that is over. */
  static Evidence of(List<Interval> intervals, Kill kill, int max) {
    List<Interval> whole = intervals.stream().map(i -> i.killed(kill.sent())).toList();
    long cut = intervals.stream().filter(Interval::isCut).count();
    return new Evidence(
        intervals.size(),
        (int) cut,
        new Crowding(whole).highest(),
        cut == 0 ? Optional.empty() : firstUse(whole, kill, max - (int) cut),
        perTask(intervals.stream()),
        perTask(intervals.stream().filter(i -> !i.isCut())));
  }

  private static Optional<Duration> firstUse(List<Interval> whole, Kill kill, int left) {
    List<Interval> living = whole.stream().filter(i -> !i.worker().equals(kill.worker())).toList();
    OptionalLong use = new Crowding(living).firstAbove(left, kill.begun());
    return use.isEmpty()
        ? Optional.empty()
        : Optional.of(Duration.of(use.getAsLong() - kill.begun(), ChronoUnit.MICROS));
  }

  private static Map<Integer, Long> perTask(Stream<Interval> intervals) {
    return intervals.collect(Collectors.groupingBy(Interval::task, Collectors.counting()));
  }

  /** Whether a file was gone through once, or again only as often as it was counted as redone. */
  boolean isAccountedFor(int task, int timesRedone) {
    return ended.getOrDefault(task, 0L) >= 1 && begun.getOrDefault(task, 0L) <= 1 + timesRedone;
  }
}
