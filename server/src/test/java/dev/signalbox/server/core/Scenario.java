package dev.signalbox.server.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.server.core.model.Subject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A small story told to a subject: semaphores, clients with their calls, and a clock in
 * milliseconds. Every call is an entry of its own, unless several are told {@link #together}.
 */
abstract class Scenario {
  static final long AT_ONCE = 0;
  static final long FOREVER = Operation.FOREVER;

  final Subject subject;
  private final List<Outcome> told = new ArrayList<>();
  private final Map<SessionId, Map<Long, Call>> waiting = new HashMap<>();
  private final List<Command> commands = new ArrayList<>();
  private final List<@Nullable Call> calls = new ArrayList<>();
  private boolean together;
  private long time;
  private long salt = 1;

  Scenario(Contender contender) {
    subject = contender.make();
  }

  // ---- time

  /** Lets the clock come to a time, in milliseconds from the beginning. */
  void at(long millis) {
    atMicros(millis(millis));
  }

  void atMicros(long micros) {
    time = micros;
    flush();
  }

  static long millis(long millis) {
    return millis * 1000;
  }

  // ---- entries

  /** Puts all calls that are made inside into one entry. */
  void together(Runnable callsToMake) {
    together = true;
    callsToMake.run();
    together = false;
    flush();
  }

  void tell(Command command) {
    tell(command, null);
  }

  private Call tell(Command command, @Nullable Call call) {
    commands.add(command);
    calls.add(call);
    if (!together) {
      flush();
    }
    return call == null ? new Call() : call;
  }

  private void flush() {
    List<Outcome> outcomes = subject.apply(new Entry(time, salt, ++salt, List.copyOf(commands)));
    told.addAll(outcomes);
    List<@Nullable Call> asked = new ArrayList<>(calls);
    commands.clear();
    calls.clear();
    for (Outcome outcome : outcomes) {
      if (outcome instanceof Outcome.Answer answer) {
        deliver(answer, asked);
      }
    }
  }

  private void deliver(Outcome.Answer answer, List<@Nullable Call> asked) {
    Call call =
        answer.index() >= 0
            ? asked.get(answer.index())
            : waitingOf(Objects.requireNonNull(answer.session())).get(answer.number());
    if (call != null) {
      call.answer(answer.result());
    }
  }

  private Map<Long, Call> waitingOf(SessionId session) {
    return waiting.computeIfAbsent(session, unknown -> new HashMap<>());
  }

  /** Everything that was told since the last time it was asked for. */
  List<Outcome> told() {
    List<Outcome> all = List.copyOf(told);
    told.clear();
    return all;
  }

  // ---- sessions

  Client session(String name) {
    return open(new Command.OpenSession(name, 15_000_000, -1, false));
  }

  Client ephemeral(String name) {
    return open(new Command.OpenSession(name, 15_000_000, -1, true));
  }

  private Client open(Command.OpenSession open) {
    Result result = tell(open, new Call()).result();
    return new Client(((Result.Opened) result).session());
  }

  /** A request without a session. */
  Call nobody(Operation operation) {
    return tell(new Command.Request(null, 0, operation), new Call());
  }

  /** One client's session. */
  final class Client {
    final SessionId id;
    private long lastNumber;

    Client(SessionId id) {
      this.id = id;
    }

    Call ask(Operation operation) {
      lastNumber++;
      return ask(lastNumber, operation);
    }

    Call ask(long number, Operation operation) {
      Call call = new Call(number, operation);
      Map<Long, Call> mine = waitingOf(id);
      if (number == 0 || !mine.containsKey(number)) {
        mine.put(number, call);
      }
      return tell(new Command.Request(id, number, operation), call);
    }

    /** The same request again, under the same number. */
    Call repeat(Call first) {
      return ask(first.number(), first.operation());
    }

    /** Waits for as long as it takes. */
    Call acquire(String semaphore, int permits) {
      return ask(allOf(FOREVER, part(semaphore, permits)));
    }

    Call acquire(String semaphore, int permits, long waitMicros) {
      return ask(allOf(waitMicros, part(semaphore, permits)));
    }

    Call release(String semaphore, int permits) {
      return ask(Scenario.release(signal(semaphore, permits)));
    }

    Call giveBack(GrantId grant) {
      return ask(Scenario.release(new Operation.GiveBack(grant)));
    }

    Call cancel(Call call) {
      return ask(new Operation.Cancel(call.number()));
    }

    Call drain(String semaphore) {
      return ask(new Operation.Drain(semaphore, false));
    }

    Call takeCredit(String semaphore, int upTo) {
      return ask(new Operation.TakeCredit(semaphore, upTo));
    }

    Call giveBack(GrantId grant, String semaphore, int permits) {
      return ask(Scenario.release(new Operation.GiveBack(grant, semaphore, permits, List.of())));
    }

    Call will(long number, Operation.Signal... signals) {
      return ask(new Operation.SetWill(number, List.of(signals)));
    }

    void acknowledge(long through, Long... also) {
      tell(new Command.Acknowledge(id, through, List.of(also)));
    }

    Call resume(long lastNumber, Long... unanswered) {
      return tell(new Command.ResumeSession(id, lastNumber, List.of(unanswered)), new Call());
    }

    Call close() {
      return end(EndCause.CLOSED);
    }

    Call expire() {
      return end(EndCause.EXPIRED);
    }

    Call end(EndCause cause) {
      return tell(new Command.EndSession(id, cause), new Call());
    }

    boolean isAlive() {
      return subject.session(id) != null;
    }
  }

  // ---- operations

  static Operation.Part part(String semaphore, int permits) {
    return new Operation.Part(semaphore, permits);
  }

  static Operation.Acquire allOf(long waitMicros, Operation.Part... parts) {
    return acquire(Operation.Mode.ALL_OF, waitMicros, parts);
  }

  static Operation.Acquire anyOf(long waitMicros, Operation.Part... parts) {
    return acquire(Operation.Mode.ANY_OF, waitMicros, parts);
  }

  static Operation.Acquire opportunistic(long waitMicros, Operation.Part... parts) {
    return acquire(Operation.Mode.OPPORTUNISTIC_ALL_OF, waitMicros, parts);
  }

  private static Operation.Acquire acquire(
      Operation.Mode mode, long waitMicros, Operation.Part... parts) {
    return new Operation.Acquire(List.of(parts), mode, waitMicros, false, 0);
  }

  static Operation.Acquire consuming(Operation.Part... parts) {
    return new Operation.Acquire(List.of(parts), Operation.Mode.ALL_OF, AT_ONCE, true, 0);
  }

  static Operation.Acquire heldFor(long holdMicros, Operation.Part... parts) {
    return new Operation.Acquire(List.of(parts), Operation.Mode.ALL_OF, FOREVER, false, holdMicros);
  }

  static Operation.Signal signal(String semaphore, int permits) {
    return new Operation.Signal(semaphore, permits);
  }

  static Operation.GiveBack partOf(GrantId grant, String semaphore, int permits) {
    return new Operation.GiveBack(grant, semaphore, permits, List.of());
  }

  static Operation.GiveBack slotsOf(GrantId grant, String semaphore, Integer... slots) {
    return new Operation.GiveBack(grant, semaphore, 0, List.of(slots));
  }

  static Operation.Release release(Operation.Item... items) {
    return new Operation.Release(List.of(items), List.of());
  }

  static Operation.UpdateSemaphore resize(String semaphore, int max) {
    return new Operation.UpdateSemaphore(semaphore, max, null, -1);
  }

  static Operation.DeleteSemaphore delete(String semaphore) {
    return new Operation.DeleteSemaphore(semaphore, false);
  }

  static Operation.DeleteSemaphore forceDelete(String semaphore) {
    return new Operation.DeleteSemaphore(semaphore, true);
  }

  // ---- semaphores

  static SemaphoreConfig plain(int max) {
    return new SemaphoreConfig(Kind.SEMAPHORE, max, false, false, null, 0);
  }

  static SemaphoreConfig ownerOnly(int max) {
    return new SemaphoreConfig(Kind.SEMAPHORE, max, true, false, null, 0);
  }

  static SemaphoreConfig numbered(int max) {
    return new SemaphoreConfig(Kind.SEMAPHORE, max, false, true, null, 0);
  }

  static SemaphoreConfig mutex() {
    return new SemaphoreConfig(Kind.MUTEX, 1, false, false, null, 0);
  }

  static SemaphoreConfig autoReset() {
    return new SemaphoreConfig(Kind.EVENT, 1, false, false, null, 0);
  }

  static SemaphoreConfig manualReset() {
    return new SemaphoreConfig(Kind.EVENT, 1, false, false, true, null, 0);
  }

  static SemaphoreConfig refilling(int max, int permits, long periodMicros) {
    Refill refill = new Refill(permits, periodMicros);
    return new SemaphoreConfig(Kind.SEMAPHORE, max, false, false, refill, 0);
  }

  static SemaphoreConfig idling(int max, long ttlMicros) {
    return new SemaphoreConfig(Kind.SEMAPHORE, max, false, false, null, ttlMicros);
  }

  static Operation.CreateSemaphore creation(
      String name, int initial, SemaphoreConfig config, IfExists ifExists) {
    return new Operation.CreateSemaphore(name, initial, config, ifExists);
  }

  /** A full one that nobody has touched. */
  void create(String name, int max) {
    create(name, max, plain(max));
  }

  Call create(String name, int initial, SemaphoreConfig config) {
    return nobody(creation(name, initial, config, IfExists.FAIL));
  }

  boolean exists(String semaphore) {
    return subject.semaphore(semaphore, subject.now(), 0) != null;
  }

  SemaphoreView view(String semaphore) {
    return Objects.requireNonNull(subject.semaphore(semaphore, subject.now(), 1000), semaphore);
  }

  int count(String semaphore) {
    return view(semaphore).count();
  }

  long held(String semaphore) {
    return view(semaphore).held();
  }

  /** Asserts on all the numbers of a semaphore at once. */
  void expect(String semaphore, int count, long held, long waiting) {
    SemaphoreView view = view(semaphore);
    assertThat(List.of((long) view.count(), view.held(), view.waiting()))
        .as("count, held and waiting of %s", semaphore)
        .containsExactly((long) count, held, waiting);
  }
}
