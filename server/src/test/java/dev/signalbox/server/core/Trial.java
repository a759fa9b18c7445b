package dev.signalbox.server.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.server.core.model.Masked;
import dev.signalbox.server.core.model.NaiveModel;
import dev.signalbox.server.core.model.Subject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One sequence of entries, applied to the machine and to the model, which must agree after every
 * entry. What the machine writes as a snapshot is read back now and then and must go on alike.
 */
final class Trial {
  private static final int FORK_EVERY = 7;
  private static final int LISTED = 3;

  final NaiveModel model = new NaiveModel();
  private final Machine machine = new Machine();
  private final Masked theModel = new Masked(model);
  private final MachineSubject unmasked = new MachineSubject(machine);
  private final Masked theMachine = new Masked(unmasked);
  private final List<Entry> script = new ArrayList<>();
  private final List<Entry> raw = new ArrayList<>();
  private final List<Machine> restored = new ArrayList<>();

  /** Applies a script from the beginning; the failure, or null if all went well. */
  static @Nullable Throwable failureOf(List<Entry> script) {
    Trial trial = new Trial();
    try {
      script.forEach(trial::apply);
      trial.finish();
      return null;
    } catch (AssertionError | RuntimeException failure) {
      return failure;
    }
  }

  /** The entries so far, as {@link Masked} names ids. */
  List<Entry> script() {
    return script;
  }

  /** Applies one entry to both and compares everything that can be seen. */
  void apply(Entry entry) {
    script.add(entry);
    raw.add(theMachine.unmask(entry));
    long promised = machine.nextDeadline();
    boolean idling = isIdling();
    List<Outcome> expected = canonical(theModel.apply(entry), entry);
    List<Outcome> actual = canonical(theMachine.apply(entry), entry);
    assertThat(actual).as("outcomes").isEqualTo(expected);
    assertThat(machine.now()).as("now").isEqualTo(model.now());
    checkDeadline(promised, idling);
    compareViews();
    checkConservation();
    fork();
  }

  /**
   * Nothing that anybody could see fell due before the machine said so. Something did then, too; an
   * idle time alone may be looked at in vain, as every request puts it off.
   */
  private void checkDeadline(long promised, boolean idling) {
    assertThat(promised).as("deadline").isLessThanOrEqualTo(model.firstVisibleEvent());
    if (promised <= machine.now() && !idling) {
      assertThat(model.eventTimes()).as("deadline").contains(promised);
    }
    assertThat(machine.nextDeadline()).as("next deadline").isGreaterThan(machine.now());
  }

  private boolean isIdling() {
    return model.semaphores("", "", 1000, model.now()).stream()
        .anyMatch(view -> view.config().idleTtlMicros() > 0);
  }

  private void compareViews() {
    long now = model.now();
    long later = now + (Math.min(machine.nextDeadline(), now + 1_000_000) - now) / 2;
    compare("semaphores", subject -> subject.semaphores("", "", 1000, now));
    compare("a page of semaphores", subject -> subject.semaphores("n/", "n/a", 1, now));
    compare("sessions", subject -> subject.sessions(0, 1000));
    compare("a page of sessions", subject -> subject.sessions(1, 1));
    for (SemaphoreView view : model.semaphores("", "", 1000, now)) {
      compare("semaphore", subject -> subject.semaphore(view.name(), now, LISTED));
      compare("semaphore later", subject -> subject.semaphore(view.name(), later, 1000));
    }
    for (long sequence = 1; sequence <= model.grantsMade(); sequence++) {
      GrantId grant = new GrantId(sequence, 0);
      GrantId forged = new GrantId(sequence, 1);
      compare("holder", subject -> subject.holder(grant));
      compare("holder of a forged grant", subject -> subject.holder(forged));
    }
    compareSessions();
  }

  private void compareSessions() {
    for (long sequence = 1; sequence <= model.sessionsOpened() + 1; sequence++) {
      SessionId session = new SessionId(sequence, 0);
      SessionId forged = new SessionId(sequence, 1);
      compare("session", subject -> subject.session(session));
      compare("forged session", subject -> subject.session(forged));
    }
  }

  private interface Question {
    @Nullable Object ask(Subject subject);
  }

  private void compare(String what, Question question) {
    Object expected = question.ask(theModel);
    Object actual = question.ask(theMachine);
    if (!Objects.equals(actual, expected)) {
      assertThat(actual).as(what).isEqualTo(expected);
    }
  }

  /** R6: where nobody ever signalled or consumed, permits are neither made nor lost. */
  private void checkConservation() {
    for (String name : model.neverSignalled()) {
      SemaphoreView view = Objects.requireNonNull(machine.semaphore(name, machine.now(), 0), name);
      assertThat(view.held() + view.count())
          .as("held + count of %s", view)
          .isEqualTo(view.config().maxCount() + view.debt());
    }
  }

  /** Reads a snapshot back; from then on the copy gets every entry too. */
  private void fork() {
    Entry last = raw.get(raw.size() - 1);
    for (Machine copy : restored) {
      assertThat(copy.apply(last))
          .as("outcomes of a restored machine")
          .isEqualTo(unmasked.lastOutcomes());
    }
    if (raw.size() % FORK_EVERY == 0) {
      List<Image> images = imagesOf(machine);
      Machine copy = Machine.restore(images.iterator());
      assertThat(imagesOf(copy)).as("images of a restored machine").isEqualTo(images);
      restored.clear();
      restored.add(copy);
    }
  }

  /** The restored copy and a replay of all entries end in the same state. */
  void finish() {
    List<Image> images = imagesOf(machine);
    for (Machine copy : restored) {
      assertThat(imagesOf(copy)).as("images after going on from a snapshot").isEqualTo(images);
    }
    Machine replayed = new Machine();
    raw.forEach(replayed::apply);
    assertThat(imagesOf(replayed)).as("images after a replay").isEqualTo(images);
  }

  static List<Image> imagesOf(Machine machine) {
    List<Image> images = new ArrayList<>();
    machine.writeTo(images::add);
    return images;
  }

  /**
   * What the contract leaves to the machine is made equal: the wording of refusals, and who of
   * those that end together ends first.
   */
  private static List<Outcome> canonical(List<Outcome> outcomes, Entry entry) {
    List<Outcome> canonical = new ArrayList<>();
    List<Outcome.SessionEnded> ended = new ArrayList<>();
    for (Outcome outcome : outcomes) {
      if (outcome instanceof Outcome.SessionEnded end) {
        ended.add(end);
      } else {
        moveSorted(ended, canonical);
        canonical.add(canonical(outcome, entry));
      }
    }
    moveSorted(ended, canonical);
    return canonical;
  }

  private static void moveSorted(List<Outcome.SessionEnded> from, List<Outcome> to) {
    from.sort(Comparator.comparingLong(end -> end.session().sequence()));
    to.addAll(from);
    from.clear();
  }

  private static Outcome canonical(Outcome outcome, Entry entry) {
    if (!(outcome instanceof Outcome.Answer answer)) {
      return outcome;
    }
    int index = answer.index();
    boolean asked = index < 0 || entry.commands().get(index) instanceof Command.Request;
    return new Outcome.Answer(
        index, asked ? answer.session() : null, answer.number(), canonical(answer.result()));
  }

  private static Result canonical(Result result) {
    if (result instanceof Result.Refused refused) {
      boolean fixed = refused.reason() == Refusal.QUOTA_EXCEEDED;
      return new Result.Refused(
          refused.reason(), refused.subject(), fixed ? refused.detail() : "", refused.item());
    }
    return result;
  }
}
