package dev.signalbox.server.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One call of a scenario, and what came of it. */
final class Call {
  private final long number;
  private final @Nullable Operation operation;
  private @Nullable Result result;

  /** A call without a number. */
  Call() {
    this(0, null);
  }

  Call(long number, @Nullable Operation operation) {
    this.number = number;
    this.operation = operation;
  }

  void answer(Result answer) {
    assertThat(result).as("first answer").isNull();
    result = answer;
  }

  long number() {
    return number;
  }

  Operation operation() {
    return Objects.requireNonNull(operation);
  }

  Result result() {
    return Objects.requireNonNull(result, "it still waits");
  }

  private <T extends Result> T result(Class<T> type) {
    assertThat(result()).isInstanceOf(type);
    return type.cast(result());
  }

  Call expectWaiting() {
    assertThat(result).as("answer").isNull();
    return this;
  }

  Result.Granted expectGranted() {
    return result(Result.Granted.class);
  }

  /** The id of what was granted and is held. */
  GrantId grant() {
    return Objects.requireNonNull(expectGranted().id(), "it holds nothing");
  }

  /** The slots of a grant of one numbered semaphore. */
  List<Slot> slots() {
    return expectGranted().parts().get(0).slots();
  }

  Result.NotGranted expectTimedOut() {
    return expectNotGranted(Result.NotGranted.Why.TIMED_OUT);
  }

  Result.NotGranted expectCancelled() {
    return expectNotGranted(Result.NotGranted.Why.CANCELLED);
  }

  private Result.NotGranted expectNotGranted(Result.NotGranted.Why why) {
    Result.NotGranted notGranted = result(Result.NotGranted.class);
    assertThat(notGranted.why()).isEqualTo(why);
    return notGranted;
  }

  void expectDone() {
    assertThat(result()).isEqualTo(Result.Done.INSTANCE);
  }

  Result.Refused expectRefused(Refusal reason) {
    Result.Refused refused = result(Result.Refused.class);
    assertThat(refused.reason()).isEqualTo(reason);
    return refused;
  }

  void expectRefused(Refusal reason, String subject) {
    assertThat(expectRefused(reason).subject()).isEqualTo(subject);
  }

  void expectRefused(Refusal reason, String subject, int item) {
    Result.Refused refused = expectRefused(reason);
    assertThat(refused.subject()).isEqualTo(subject);
    assertThat(refused.item()).as("item").isEqualTo(item);
  }

  List<Result.ItemResult> items() {
    return result(Result.Released.class).items();
  }

  /** Of a release of one item: it was done, and the counts before it were these. */
  void expectReleased(Integer... previousCounts) {
    assertThat(items())
        .containsExactly(
            new Result.ItemResult(true, NotHeldReason.UNKNOWN, List.of(previousCounts)));
  }

  /** Of a reset: the event was set before it (1) or not (0). */
  void expectReset(int previousCount) {
    assertThat(result()).isEqualTo(new Result.Reset(previousCount));
  }

  /** Of a grant of one mutex: whether its last owner vanished. */
  boolean isAbandoned() {
    return expectGranted().parts().get(0).abandoned();
  }

  /** Of a release of one item: it was not held, for this reason. */
  void expectNotHeld(NotHeldReason reason) {
    assertThat(items()).containsExactly(new Result.ItemResult(false, reason, List.of()));
  }

  void expectEffect(Result.Cancelled.Effect effect) {
    assertThat(result()).isEqualTo(new Result.Cancelled(effect));
  }

  /** Of create, open and update. */
  Result.SemaphoreResult semaphore() {
    return result(Result.SemaphoreResult.class);
  }
}
