package dev.signalbox.server.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.signalbox.server.Rule;
import dev.signalbox.server.core.Command;
import dev.signalbox.server.core.Entry;
import dev.signalbox.server.core.IfExists;
import dev.signalbox.server.core.Kind;
import dev.signalbox.server.core.Machine;
import dev.signalbox.server.core.Operation;
import dev.signalbox.server.core.Outcome;
import dev.signalbox.server.core.Result;
import dev.signalbox.server.core.SemaphoreConfig;
import dev.signalbox.server.core.SemaphoreView;
import dev.signalbox.server.core.SessionId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SequencerTest {
  private final ManualLog log = new ManualLog();
  private final Listener listener = new Listener();
  private volatile Executor turnOf = Runnable::run;
  private final Sequencer sequencer =
      new Sequencer(
          log, listener, List.of(), 1_000, System::nanoTime, work -> turnOf.execute(work));

  @AfterEach
  void stop() {
    sequencer.close();
  }

  @Test
  void beforeThisNodeLeads_everythingIsRefusedAsNotLeader() {
    start();
    Asked asked = submit(create("a"));
    Seen seen = read();

    assertThat(asked.failure).isEqualTo(Failure.NOT_LEADER);
    assertThat(seen.failure).isEqualTo(Failure.NOT_LEADER);
  }

  @Test
  void whatIsHandedInWhileAnEntryIsOnItsWay_becomesOneEntry() {
    lead();
    Asked first = submit(create("a"));
    Batch inFlight = log.take();
    Asked second = submit(create("b"), create("c"));
    Asked third = submit(create("d"));
    assertThat(log.isEmpty()).isTrue();
    log.apply(inFlight);
    Batch next = log.take();
    log.apply(next);

    assertThat(inFlight.entry().commands()).hasSize(1);
    assertThat(next.entry().commands()).hasSize(3);
    assertThat(first.indexes).containsExactly(0);
    assertThat(second.indexes).containsExactly(0, 1);
    assertThat(third.indexes).containsExactly(0);
    assertThat(List.of(first, second, third)).allMatch(asked -> asked.applied);
  }

  @Test
  @Rule("A8")
  void everyEntry_hasASaltOfItsOwn() {
    lead();
    Set<List<Long>> salts = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      submit(create("a" + i));
      Batch batch = log.take();
      salts.add(List.of(batch.entry().saltHigh(), batch.entry().saltLow()));
      log.apply(batch);
    }

    assertThat(salts).hasSize(1_000);
  }

  @Test
  @Rule("L3")
  void logTime_neverGoesBack_andContinuesTheLastEntrys() {
    log.replicaApplies(new Entry(9_000_000_000_000_000L, 1, 2, List.of()));
    lead();
    long last = 9_000_000_000_000_000L;
    for (int i = 0; i < 100; i++) {
      submit(create("a" + i));
      Batch batch = log.take();
      assertThat(batch.entry().time())
          .isBetween(last, 9_000_000_000_000_000L + TimeUnit.MINUTES.toMicros(5));
      last = batch.entry().time();
      log.apply(batch);
    }
  }

  @Test
  @Rule("A2")
  void deadlineOfAWaiter_isMetByAnEntryWithoutCommands() {
    lead();
    SessionId session = openSession();
    Asked waiting = submit(request(session, 1, acquire("missing", 0)));
    log.apply(log.take());
    assertThat(waiting.answers).hasSize(1);
    submit(
        create("a"),
        request(session, 2, acquire("a", 0)),
        request(session, 3, acquire("a", 30_000)));
    log.apply(log.take());
    Batch tick = log.take();
    log.apply(tick);

    assertThat(tick.entry().commands()).isEmpty();
    assertThat(listener.late)
        .singleElement()
        .satisfies(answer -> assertThat(answer.number()).isEqualTo(3));
  }

  @Test
  void largeCommands_makeSeveralEntries() {
    lead();
    submit(create("first"));
    Batch inFlight = log.take();
    for (int i = 0; i < 5; i++) {
      submit(Collections.nCopies(700, create("x".repeat(255))).toArray(Command[]::new));
    }
    log.apply(inFlight);
    for (int expected : List.of(1_400, 1_400, 700)) {
      Batch batch = log.take();
      assertThat(batch.entry().commands().size()).isEqualTo(expected);
      log.apply(batch);
    }
  }

  @Test
  void fullQueue_makesSubmittersWait_untilTheirTurn() {
    lead();
    submit(create("first"));
    Batch inFlight = log.take();
    List<Asked> queued = new ArrayList<>();
    boolean room = true;
    for (int i = 0; room; i++) {
      Asked asked = new Asked(commands(i, 1_024));
      room = sequencer.submit(asked);
      queued.add(asked);
    }
    Asked last = queued.get(queued.size() - 1);
    assertThat(queued).hasSize(17);
    assertThat(sequencer.isFull()).isTrue();
    assertThat(last.taken).isFalse();
    log.apply(inFlight);
    log.apply(log.take());
    log.apply(log.take());
    log.apply(log.take());

    assertThat(last.taken).isTrue();
    assertThat(queued.subList(0, 16)).noneMatch(asked -> asked.taken);
    assertThat(queued).allMatch(asked -> asked.applied);
    assertThat(sequencer.isFull()).isFalse();
  }

  @Test
  void read_seesWhatWasAcknowledgedBefore() {
    lead();
    submit(create("a"));
    log.apply(log.take());
    Seen seen = read();

    await().until(() -> seen.done);
    assertThat(seen.view).isNotNull();
  }

  @Test
  void staleRead_isAnsweredByAFollower_andWhileTheLogIsSilent() {
    lead();
    submit(create("a"));
    log.apply(log.take());
    Asked silent = submit(create("b"));
    Batch batch = log.take();
    Seen first = readStale();
    await().until(() -> first.done);
    assertThat(first.view).isNotNull();
    assertThat(silent.applied).isFalse();
    log.follow();
    batch.dropped(Failure.UNKNOWN);

    Seen second = readStale();
    await().until(() -> second.done);
    assertThat(second.view).isNotNull();
    assertThat(read().failure).isEqualTo(Failure.NOT_LEADER);
    assertThat(sequencer.isFull()).isFalse();
    sequencer.close();
    assertThat(readStale().failure).isEqualTo(Failure.STOPPING);
  }

  @Test
  void close_failsWhatIsQueued_asNotExecuted() {
    lead();
    Asked inFlight = submit(create("a"));
    Batch batch = log.take();
    Asked queued = submit(create("b"));
    Seen seen = read();
    sequencer.close();

    assertThat(queued.failure).isEqualTo(Failure.STOPPING);
    assertThat(seen.failure).isEqualTo(Failure.STOPPING);
    assertThat(inFlight.failure).isNull();
    batch.dropped(Failure.UNKNOWN);
    assertThat(inFlight.failure).isEqualTo(Failure.UNKNOWN);
    assertThat(submit(create("c")).failure).isEqualTo(Failure.STOPPING);
  }

  @Test
  void lostLeadership_failsWhatIsQueued_andIsRegained() {
    lead();
    submit(create("a"));
    Batch batch = log.take();
    Asked queued = submit(create("b"));
    log.follow();
    batch.dropped(Failure.UNKNOWN);
    assertThat(queued.failure).isEqualTo(Failure.NOT_LEADER);
    assertThat(listener.roles).containsExactly("leading", "following");
    leadOn();
    Asked again = submit(create("b"));
    log.apply(log.take());

    assertThat(again.applied).isTrue();
  }

  @Test
  void failingLog_stopsEverything_andSaysSo() {
    List<String> failures = new CopyOnWriteArrayList<>();
    sequencer.start(() -> failures.add("failed"));
    awaitStart();
    leadOn();
    log.takeBatchesNoMore();
    Asked asked = submit(create("a"));

    await().until(() -> !failures.isEmpty());
    assertThat(asked.failure).isEqualTo(Failure.UNKNOWN);
    assertThat(submit(create("b")).failure).isEqualTo(Failure.STOPPING);
  }

  private void start() {
    sequencer.start(() -> {});
    awaitStart();
  }

  private void awaitStart() {
    try {
      sequencer.awaitStart();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void lead() {
    start();
    leadOn();
  }

  /** Lets the node lead, and takes its opening out of the way of the test's own entries. */
  private void leadOn() {
    log.lead();
    log.apply(log.take());
  }

  private SessionId openSession() {
    Asked opened = submit(new Command.OpenSession("test", 15_000_000, -1, false));
    log.apply(log.take());
    return ((Result.Opened) opened.answers.get(0).result()).session();
  }

  private Asked submit(Command... commands) {
    Asked asked = new Asked(List.of(commands));
    sequencer.submit(asked);
    return asked;
  }

  @Test
  void read_handedInWhileAnEntryIsSentOff_isServedOnce() {
    lead();
    AtomicInteger served = new AtomicInteger();
    log.whenSubmitted(() -> sequencer.read(new Counting(served)));
    submit(create("a"));
    log.apply(log.take());
    Seen later = read();
    await().until(() -> later.done);

    assertThat(served).hasValue(1);
  }

  /** The sequencer's thread may still be about to let go of the turn in which it led. */
  @Test
  void submission_whenNothingIsUnderWay_isSentOffByWhoHandsItIn() {
    lead();
    AtomicReference<Thread> sender = new AtomicReference<>();
    log.whenSubmitted(() -> sender.set(Thread.currentThread()));
    await()
        .pollInSameThread()
        .until(() -> {
          submit(create("a"));
          log.apply(log.take());
          return sender.get().equals(Thread.currentThread());
        });
  }

  @Test
  void submission_whileAnEntryIsOnItsWay_isSentOffByTheSequencer() {
    lead();
    AtomicReference<Thread> sender = new AtomicReference<>();
    log.whenSubmitted(() -> sender.set(Thread.currentThread()));
    submit(create("a"));
    Batch onItsWay = log.take();
    Asked later = submit(create("b"));
    log.apply(onItsWay);
    log.apply(log.take());

    assertThat(later.applied).isTrue();
    assertThat(sender.get().getName()).isEqualTo("signalbox-sequencer");
  }

  @Test
  void submission_fromWithinTheReplica_isSentOffByAnother() {
    lead();
    AtomicReference<Thread> sender = new AtomicReference<>();
    log.whenSubmitted(() -> sender.set(Thread.currentThread()));
    log.inReplica(() -> submit(create("a")));
    log.apply(log.take());

    assertThat(sender.get().getName()).isEqualTo("signalbox-sequencer");
  }

  /** The sequencer's thread may still be about to let go of the turn in which it led. */
  @Test
  void submissions_beforeTheTurnIsRun_areOneEntry() {
    lead();
    AtomicReference<Runnable> turn = new AtomicReference<>();
    turnOf = turn::set;
    await()
        .pollInSameThread()
        .until(() -> {
          submit(create("a"));
          boolean ours = turn.get() != null;
          if (!ours) {
            log.apply(log.take());
          }
          return ours;
        });
    submit(create("b"));
    submit(create("c"));
    assertThat(log.isEmpty()).isTrue();
    turn.get().run();

    assertThat(log.take().entry().commands()).hasSize(3);
  }

  @Test
  void submission_toALogThatKeepsItsThread_isSentOffByTheSequencer() {
    lead();
    log.slowDown();
    AtomicReference<Thread> sender = new AtomicReference<>();
    log.whenSubmitted(() -> sender.set(Thread.currentThread()));
    submit(create("a"));
    log.apply(log.take());

    assertThat(sender.get().getName()).isEqualTo("signalbox-sequencer");
  }

  /** The thread sleeps till the first deadline; an earlier one must wake it. */
  @Test
  @Rule("A2")
  void deadline_beforeTheOneSleptFor_isMet() {
    lead();
    SessionId session = openSession();
    submit(
        create("a"),
        request(session, 1, acquire("a", 0)),
        request(session, 2, acquire("a", TimeUnit.HOURS.toMicros(1))));
    log.apply(log.take());
    Seen settled = read();
    await().until(() -> settled.done);
    submit(request(session, 3, acquire("a", 30_000)));
    log.apply(log.take());
    log.apply(log.take());

    assertThat(listener.late)
        .singleElement()
        .satisfies(answer -> assertThat(answer.number()).isEqualTo(3));
  }

  private Seen readStale() {
    Seen seen = new Seen();
    sequencer.readStale(seen);
    return seen;
  }

  private Seen read() {
    Seen seen = new Seen();
    sequencer.read(seen);
    return seen;
  }

  private static List<Command> commands(int round, int count) {
    List<Command> commands = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      commands.add(create("x" + round + "-" + i));
    }
    return commands;
  }

  private static Command create(String name) {
    SemaphoreConfig config = new SemaphoreConfig(Kind.SEMAPHORE, 1, false, false, null, 0);
    return request(null, 0, new Operation.CreateSemaphore(name, 0, config, IfExists.OPEN));
  }

  private static Command request(@Nullable SessionId session, long number, Operation operation) {
    return new Command.Request(session, number, operation);
  }

  private static Operation acquire(String name, long waitMicros) {
    return new Operation.Acquire(
        List.of(new Operation.Part(name, 1)), Operation.Mode.ALL_OF, waitMicros, false, 0);
  }

  private static final class Asked extends Submission {
    final List<Outcome.Answer> answers = new ArrayList<>();
    final List<Integer> indexes = new ArrayList<>();
    boolean applied;
    volatile boolean taken;
    volatile @Nullable Failure failure;

    Asked(List<Command> commands) {
      super(commands);
    }

    @Override
    protected void taken() {
      taken = true;
    }

    @Override
    protected void answered(int index, Outcome.Answer answer) {
      indexes.add(index);
      answers.add(answer);
    }

    @Override
    protected void applied() {
      applied = true;
    }

    @Override
    protected void failed(Failure why) {
      failure = why;
    }
  }

  private record Counting(AtomicInteger served) implements Read {
    @Override
    public void run(Machine machine, long now) {
      served.incrementAndGet();
    }

    @Override
    public void failed(Failure why) {
      throw new AssertionError(why);
    }
  }

  private static final class Seen implements Read {
    volatile @Nullable SemaphoreView view;
    volatile @Nullable Failure failure;
    volatile boolean done;

    @Override
    public void run(Machine machine, long now) {
      view = machine.semaphore("a", now, 0);
      done = true;
    }

    @Override
    public void failed(Failure why) {
      failure = why;
    }
  }

  private static final class Listener extends SilentListener {
    final List<String> roles = new ArrayList<>();
    final List<Outcome.Answer> late = new ArrayList<>();

    @Override
    public void leading(Machine machine) {
      roles.add("leading");
    }

    @Override
    public void following() {
      roles.add("following");
    }

    @Override
    public void answered(Outcome.Answer answer) {
      late.add(answer);
    }
  }
}
