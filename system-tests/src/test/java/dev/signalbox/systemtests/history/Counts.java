package dev.signalbox.systemtests.history;

import dev.signalbox.systemtests.history.Ask.Give;
import dev.signalbox.systemtests.history.Ask.Mode;
import dev.signalbox.systemtests.history.Ask.Part;
import dev.signalbox.systemtests.history.Ask.Want;
import java.util.ArrayList;
import java.util.List;

/** Takes a history apart into the changes of one signalled semaphore. */
final class Counts {
  private final Line.Semaphore semaphore;
  private final boolean timeOutsTell;
  private final List<Change> changes = new ArrayList<>();

  private Counts(Line.Semaphore semaphore, History history) {
    this.semaphore = semaphore;
    this.timeOutsTell = history.calls().stream().allMatch(this::asksForOne);
    history.calls().forEach(this::add);
    history.ends().stream()
        .filter(end -> end.name().equals(semaphore.name()))
        .forEach(end -> changes.add(Change.read(end)));
  }

  static List<Violation> check(History history) {
    return history.semaphores().values().stream()
        .filter(Line.Semaphore::signalled)
        .flatMap(semaphore -> search(semaphore, history).violations().stream())
        .toList();
  }

  private static CountSearch search(Line.Semaphore semaphore, History history) {
    return new CountSearch(semaphore, new Counts(semaphore, history).changes);
  }

  /**
   * Who waits for more than one permit, or for other semaphores as well, can hold up those behind
   * while there are permits; then a time-out says nothing about the count.
   */
  private boolean asksForOne(Call call) {
    Want want = call.ask().want();
    return want == null
        || want.parts().stream().noneMatch(this::isHere)
        || (want.parts().stream().allMatch(part -> part.permits() == 1)
            && (want.mode() == Mode.ANY_OF || want.parts().size() == 1));
  }

  private boolean isHere(Part part) {
    return part.semaphore().equals(semaphore.name());
  }

  private void add(Call call) {
    for (int i = 0; i < call.ask().gives().size(); i++) {
      Give give = call.ask().gives().get(i);
      if (semaphore.name().equals(give.semaphore())) {
        addRelease(call, i, give.permits());
      }
    }
    Want want = call.ask().want();
    if (want != null) {
      want.parts().stream().filter(this::isHere).forEach(part -> addAcquire(call, part.permits()));
    }
  }

  private void addRelease(Call call, int item, int permits) {
    switch (call.outcome().verdict()) {
      case OK -> addAnswered(call, call.outcome().gave().get(item).previous(), permits);
      case UNKNOWN -> changes.add(Change.maybeReleased(call, permits, semaphore.max()));
      case NOT_DONE -> addRefused(call, permits);
    }
  }

  private void addAnswered(Call call, List<Integer> previous, int permits) {
    int count = previous.isEmpty() ? -1 : previous.get(0);
    changes.add(Change.released(call, permits, count, semaphore.max()));
  }

  /** Of several signals in one release it may have been another that was refused. */
  private void addRefused(Call call, int permits) {
    long signals = call.ask().gives().stream().filter(give -> give.semaphore() != null).count();
    if (signals == 1 && "TOO_MANY_POSTS".equals(call.outcome().reason())) {
      changes.add(Change.refused(call, permits, semaphore.max()));
    }
  }

  private void addAcquire(Call call, int permits) {
    if (call.outcome().isUnknown()) {
      changes.add(Change.maybeAcquired(call, permits));
    } else if (call.got() != null) {
      call.got().parts().stream()
          .filter(part -> part.semaphore().equals(semaphore.name()))
          .forEach(part -> changes.add(Change.acquired(call, part.permits())));
    } else if (call.outcome().isOk() && timeOutsTell) {
      changes.add(Change.timedOut(call, permits));
    }
  }
}
