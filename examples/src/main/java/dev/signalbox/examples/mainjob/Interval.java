package dev.signalbox.examples.mainjob;

/**
 * A time in which a callback was inside, as its worker wrote it down.
 *
 * @param worker who
 * @param task which file
 * @param begin when, in microseconds since 1970
 * @param end when; of a cut one, its last sign of life
 * @param isCut the worker was killed before it could write down the end
 */
record Interval(String worker, int task, long begin, long end, boolean isCut) {
  /** An interval that begins, and is cut unless it goes on. */
  static Interval beginning(String worker, int task, long at) {
    return new Interval(worker, task, at, at, true);
  }

  /** With a later sign of life. */
  Interval alive(long at) {
    return new Interval(worker, task, begin, at, true);
  }

  /** With its end. */
  Interval ended(long at) {
    return new Interval(worker, task, begin, at, false);
  }

  /** If it was cut: with an end that is not before the kill. */
  Interval killed(long at) {
    return isCut ? ended(Math.max(end, at)) : this;
  }
}
