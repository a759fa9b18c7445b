package dev.signalbox.systemtests.history;

import dev.signalbox.client.GrantedPart;
import dev.signalbox.systemtests.history.Ask.Mode;
import dev.signalbox.systemtests.history.Ask.Part;
import dev.signalbox.systemtests.history.Ask.Want;
import dev.signalbox.systemtests.history.Outcome.Got;
import dev.signalbox.systemtests.history.Violation.Kind;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Whether answers are answers to what was asked. */
final class Answers {
  private final History history;

  private Answers(History history) {
    this.history = history;
  }

  static List<Violation> check(History history) {
    Answers answers = new Answers(history);
    return history.calls().stream()
        .filter(call -> call.outcome().isOk() && !answers.isToTheQuestion(call))
        .map(call -> new Violation(Kind.WRONG_ANSWER, "not what was asked", call))
        .toList();
  }

  private boolean isToTheQuestion(Call call) {
    return call.outcome().gave().size() == call.ask().gives().size()
        && (call.got() == null
            ? mayBeEmpty(call.ask().want())
            : fits(call.ask().want(), call.got()));
  }

  private static boolean mayBeEmpty(@Nullable Want want) {
    return want == null || want.waitMillis() != null;
  }

  private boolean fits(@Nullable Want want, Got got) {
    return want != null
        && got.grant().isEmpty() == want.consume()
        && got.parts().stream().allMatch(part -> isPossible(part, want))
        && isRightChoice(want, got.parts().stream().map(Answers::asked).toList());
  }

  private static boolean isRightChoice(Want want, List<Part> granted) {
    return want.mode() == Mode.ALL_OF
        ? granted.equals(want.parts())
        : granted.size() == 1 && want.parts().contains(granted.get(0));
  }

  private static Part asked(GrantedPart part) {
    return new Part(part.semaphore(), part.permits());
  }

  private boolean isPossible(GrantedPart part, Want want) {
    Line.Semaphore semaphore = history.semaphores().get(part.semaphore());
    return semaphore != null
        && part.consumed() == want.consume()
        && part.permits() <= semaphore.max()
        && part.slots().size() == (semaphore.numbered() ? part.permits() : 0)
        && part.epochs().size() == part.slots().size()
        && areDistinctSlots(part.slots(), semaphore.max());
  }

  private static boolean areDistinctSlots(List<Integer> slots, int max) {
    return IntStream.range(0, slots.size())
        .allMatch(i -> slots.get(i) < max && (i == 0 || slots.get(i - 1) < slots.get(i)));
  }
}
