package dev.signalbox.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private final List<Throwable> failures = new ArrayList<>();
  private final List<Integer> ran = new ArrayList<>();

  @Test
  void tasksOfAShutOne_runInOrder_whenItIsOpened() {
    Turns turns = Turns.shut(failures::add);
    turns.run(() -> ran.add(2));
    turns.run(() -> ran.add(3));
    assertThat(ran).isEmpty();
    turns.open(() -> ran.add(1));
    turns.run(() -> ran.add(4));
    assertThat(ran).containsExactly(1, 2, 3, 4);
  }

  @Test
  void taskThatBringsAnother_endsBeforeIt() {
    Turns turns = Turns.open(failures::add);
    turns.run(() -> {
      turns.run(() -> ran.add(2));
      ran.add(1);
    });
    assertThat(ran).containsExactly(1, 2);
  }

  @Test
  void keptTaskThatFails_isTold_andThoseBehindItRun() {
    Turns turns = Turns.shut(failures::add);
    turns.run(() -> {
      throw new IllegalStateException();
    });
    turns.run(() -> ran.add(2));
    turns.open(() -> ran.add(1));
    assertThat(ran).containsExactly(1, 2);
    assertThat(failures).hasSize(1);
  }

  @Test
  void taskThatFailsOnItsOwnThread_throwsThere_andBlocksNobody() {
    Turns turns = Turns.open(failures::add);
    assertThatThrownBy(() ->
            turns.run(() -> {
              throw new IllegalStateException("mine");
            }))
        .hasMessage("mine");
    turns.run(() -> ran.add(1));
    assertThat(ran).containsExactly(1);
    assertThat(failures).isEmpty();
  }

  @Test
  void droppedTasks_neverRun() {
    Turns turns = Turns.shut(failures::add);
    turns.run(() -> ran.add(1));
    turns.drop();
    turns.run(() -> ran.add(2));
    assertThat(ran).isEmpty();
  }

  @Test
  void tasksOfManyThreads_runOneAtATime_eachOnce() throws Exception {
    Turns turns = Turns.shut(failures::add);
    int threads = 4;
    int tasks = 10_000;
    int[] count = new int[1];
    CountDownLatch done = new CountDownLatch(threads * tasks);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      for (int i = 0; i < threads; i++) {
        pool.execute(() -> {
          for (int j = 0; j < tasks; j++) {
            turns.run(() -> {
              count[0]++;
              done.countDown();
            });
          }
        });
      }
      turns.open(() -> {});
      assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
    } finally {
      pool.shutdown();
    }
    assertThat(count[0]).isEqualTo(threads * tasks);
  }
}
