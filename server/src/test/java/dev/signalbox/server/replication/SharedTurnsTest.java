package dev.signalbox.server.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.server.Rule;
import dev.signalbox.server.core.Command;
import dev.signalbox.server.core.IfExists;
import dev.signalbox.server.core.Kind;
import dev.signalbox.server.core.Operation;
import dev.signalbox.server.core.Outcome;
import dev.signalbox.server.core.SemaphoreConfig;
import dev.signalbox.server.replication.memory.VolatileLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Many threads that hand in; one at a time applies, whoever has the turn. */
class SharedTurnsTest {
  private static final int THREADS = 8;
  private static final int EACH = 2_000;

  private final AtomicInteger inside = new AtomicInteger();
  private final AtomicInteger crossed = new AtomicInteger();

  /** Not atomic: whoever has the turn sees what the one before him did. */
  private int answers;

  private final CountDownLatch applied = new CountDownLatch(THREADS * EACH);

  @Test
  @Rule("E1")
  void everySubmission_isAnsweredOnce_andOneAtATime() throws Exception {
    Sequencer sequencer = started();
    try {
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int own = i;
        threads.add(new Thread(() -> handIn(sequencer, "own" + own)));
      }
      threads.forEach(Thread::start);
      assertThat(applied.await(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      sequencer.close();
    }
    assertThat(answers).isEqualTo(THREADS * EACH);
    assertThat(crossed).hasValue(0);
  }

  /** Closing waits for whoever has the turn, and what is handed in later is refused. */
  @Test
  void close_whileOthersHandIn_answersOrRefusesEveryone() throws IOException {
    Sequencer sequencer = started();
    AtomicInteger refused = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      threads.add(
          new Thread(() -> {
            for (int n = 0; n < EACH; n++) {
              sequencer.submit(new Counted(create("n"), refused));
            }
          }));
    }
    threads.forEach(Thread::start);
    sequencer.close();
    threads.forEach(SharedTurnsTest::join);
    assertThat(answers + refused.get()).isEqualTo(THREADS * EACH);
  }

  private static Sequencer started() throws IOException {
    Sequencer sequencer =
        new Sequencer(
            new VolatileLog(),
            new SilentListener(),
            List.of(),
            1_000_000,
            System::nanoTime,
            Runnable::run);
    sequencer.start(() -> {});
    sequencer.awaitStart();
    return sequencer;
  }

  private void handIn(Sequencer sequencer, String name) {
    for (int i = 0; i < EACH; i++) {
      sequencer.submit(new Counted(create(name), new AtomicInteger()));
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static Command create(String name) {
    SemaphoreConfig config = new SemaphoreConfig(Kind.SEMAPHORE, 1, false, false, null, 0);
    return new Command.Request(
        null, 0, new Operation.CreateSemaphore(name, 0, config, IfExists.OPEN));
  }

  private final class Counted extends Submission {
    private final AtomicInteger refused;

    Counted(Command command, AtomicInteger refused) {
      super(List.of(command));
      this.refused = refused;
    }

    @Override
    protected void answered(int index, Outcome.Answer answer) {
      if (inside.incrementAndGet() != 1) {
        crossed.incrementAndGet();
      }
      answers++;
      inside.decrementAndGet();
    }

    @Override
    protected void applied() {
      applied.countDown();
    }

    @Override
    protected void failed(Failure why) {
      refused.incrementAndGet();
    }
  }
}
