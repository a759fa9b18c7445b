package dev.signalbox.systemtests.oracle;

import java.util.Optional;

/**
 * Every way in which our promise differs from what the model was seen to do. None is bound to a
 * case: each touches the steps that fulfil its condition, whatever case they stand in.
 */
enum Deviation {
  NAME_LENGTH(
      "N7",
      "O3",
      "create or open of a name that is longer than 255 bytes of ours",
      "is refused as an invalid argument, whatever the model's limit is",
      NameChanges::tooLong),
  NAMES_LIVE_ON(
      "N4",
      "O2, O5",
      "create or open of a name whose last handle was closed",
      "finds the object, counts and all; then it is deleted, and the step taken as recorded",
      NameChanges::livesOn),
  DUPLICATES_REFUSED(
      "M6",
      "A4, A5",
      "a wait for several that names one object twice",
      "is refused and takes nothing; then the object is named once, and the step judged as recorded",
      WaitChanges::duplicates),
  ZERO_WAIT_TAKES(
      "W2, T2",
      "A2, C9",
      "a wait object that is set with a time-out of zero while a permit is there",
      "takes it, as every acquire that asks at once does; then the permit is put back",
      WaitChanges::zeroTakes),
  CANCELLED_GRANT_GOES_BACK(
      "T3",
      "C9, C10",
      "cancelling a callback that was queued because its wait had been satisfied",
      "gives back what was taken for it, which the model loses; then the permit is taken away",
      WaitChanges::cancelledGrant),
  REFUSED_AT_ONCE(
      "P3",
      "R1, C3, X2",
      "registration of an amount below 1 or through a handle that is none or lacks the right, of"
          + " which the model says nothing",
      "fails at once and registers nothing; the rest is done on return all the same",
      ReturnChanges::refused),
  EVERY_INTENT_COUNTS(
      "P2",
      "C3, C4",
      "return of a callback with several registrations of a kind, of which the model knows the first",
      "carries out all of them or, if one cannot be, none; then the difference is taken back",
      ReturnChanges::every),
  INTENT_OUTLIVES_HANDLE(
      "P3",
      "C4, O5",
      "return of a callback whose registration went through a handle that was closed since",
      "carries it out: the object is still there; then the difference is taken back",
      ReturnChanges::closedHandle),
  FAILURE_IS_REPORTED(
      "P3, P5",
      "C6, R2",
      "return of a callback whose release would lift a count above max, or of a mutex not owned",
      "fails the callback's completion, where the model says nothing; resources are closed all the"
          + " same",
      ReturnChanges::reported),
  LEASE_GIVES_BACK(
      "L1, P11",
      "L2, L9",
      "end of a case in which a party was gone that held permits",
      "the recorded counts hold until its session ends; then what it held goes back, never above max",
      Change::atTheEnd);

  private final String model;
  private final String ours;
  private final String touches;
  private final String expects;

  /** A method, which holds nothing. */
  @SuppressWarnings("ImmutableEnumChecker")
  private final Change change;

  /**
   * One deviation.
   *
   * @param model the rules of the model that it departs from
   * @param ours the rules of docs/semantics.md that it follows
   * @param touches which steps
   * @param expects what such a step comes to
   * @param change how
   */
  Deviation(String model, String ours, String touches, String expects, Change change) {
    this.model = model;
    this.ours = ours;
    this.touches = touches;
    this.expects = expects;
    this.change = change;
  }

  String model() {
    return model;
  }

  String ours() {
    return ours;
  }

  String touches() {
    return touches;
  }

  String expects() {
    return expects;
  }

  Optional<Change.Made> change(Situation situation) throws InterruptedException {
    return change.of(situation);
  }

  @Override
  public String toString() {
    return name() + " (" + model + " -> " + ours + "): " + touches + " " + expects;
  }
}
