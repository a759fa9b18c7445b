package dev.signalbox.client.limit;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LocalLimitsTest {
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_000_000_000L);

  private LocalLimits limits(double share, Limit... limits) {
    return new LocalLimits(LimitSet.of(List.of(limits)), share, now::get);
  }

  private static String[] names(String... names) {
    return names;
  }

  private static LocalLimit[] taken(LocalLimits limits, String... names) {
    return Objects.requireNonNull(limits.take(names), "there is no room");
  }

  private static int takes(LocalLimits limits, String... names) {
    int taken = 0;
    while (taken < 1_000_000 && limits.take(names) != null) {
      taken++;
    }
    return taken;
  }

  @Test
  void concurrency_isTheShareRoundedDown() {
    assertThat(takes(limits(0.25, Limit.concurrency("p/a", 7)), "p/a")).isEqualTo(1);
    assertThat(takes(limits(0.3, Limit.concurrency("p/a", 10)), "p/a")).isEqualTo(3);
    assertThat(takes(limits(0.29, Limit.concurrency("p/a", 100)), "p/a")).isEqualTo(29);
    assertThat(takes(limits(1, Limit.concurrency("p/a", 5)), "p/a")).isEqualTo(5);
    assertThat(takes(limits(0.5, Limit.concurrency("p/a", 9).taking(2)), "p/a")).isEqualTo(2);
  }

  @Test
  void concurrency_ofASmallShare_isOneCall() {
    assertThat(takes(limits(0.01, Limit.concurrency("p/a", 8)), "p/a")).isEqualTo(1);
    assertThat(takes(limits(0.01, Limit.concurrency("p/a", 8).taking(3)), "p/a")).isEqualTo(1);
  }

  @Test
  void givenBack_canBeTakenAgain() {
    LocalLimits limits = limits(0.5, Limit.concurrency("p/a", 4));
    LocalLimit[] first = taken(limits, "p/a");
    assertThat(takes(limits, "p/a")).isEqualTo(1);
    limits.giveBack(first);
    assertThat(takes(limits, "p/a")).isEqualTo(1);
  }

  @Test
  void rate_comesBackSmoothlyAtTheShare() {
    LocalLimits limits = limits(0.1, Limit.rate("p/a", 100, ofSeconds(1)));
    assertThat(takes(limits, "p/a")).isEqualTo(10);
    now.addAndGet(TimeUnit.MILLISECONDS.toNanos(99));
    assertThat(takes(limits, "p/a")).isZero();
    now.addAndGet(TimeUnit.MILLISECONDS.toNanos(1));
    assertThat(takes(limits, "p/a")).isEqualTo(1);
    now.addAndGet(TimeUnit.MILLISECONDS.toNanos(500));
    assertThat(takes(limits, "p/a")).isEqualTo(5);
    now.addAndGet(TimeUnit.SECONDS.toNanos(60));
    assertThat(takes(limits, "p/a")).isEqualTo(10);
  }

  @Test
  void rate_overAMinute_isExactWhateverTheSteps() {
    LocalLimits limits = limits(0.3, Limit.rate("p/a", 1_000, ofSeconds(1)).burst(10));
    int taken = takes(limits, "p/a");
    for (int i = 0; i < 60_000; i++) {
      now.addAndGet(TimeUnit.MICROSECONDS.toNanos(i % 2 == 0 ? 700 : 1_300));
      taken += takes(limits, "p/a");
    }
    assertThat(taken).isBetween(3 + 18_000 - 1, 3 + 18_000);
  }

  @Test
  void rate_ofASmallShare_hasABurstOfOneCall() {
    LocalLimits limits = limits(0.01, Limit.rate("p/a", 100, ofSeconds(1)).burst(5).taking(2));
    assertThat(takes(limits, "p/a")).isEqualTo(1);
    now.addAndGet(TimeUnit.MILLISECONDS.toNanos(1_999));
    assertThat(takes(limits, "p/a")).isZero();
    now.addAndGet(TimeUnit.MILLISECONDS.toNanos(1));
    assertThat(takes(limits, "p/a")).isEqualTo(1);
  }

  @Test
  void allOf_takesAllOrNone() {
    LocalLimits limits =
        limits(1, Limit.rate("p/a", 10, ofSeconds(1)), Limit.concurrency("p/t/{t}", 1));
    assertThat(taken(limits, "p/a", "p/t/x")).hasSize(2);
    assertThat(limits.take(names("p/a", "p/t/x"))).isNull();
    assertThat(limits.take(names("p/a", "p/t/x"))).isNull();
    int others = 0;
    while (limits.take(names("p/a", "p/t/" + others)) != null) {
      others++;
    }
    assertThat(others).isEqualTo(9);
  }

  @Test
  void names_areForgottenButForThoseInUse() {
    LocalLimits limits = limits(1, Limit.concurrency("p/{t}", 1));
    List<LocalLimit[]> held = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      held.add(taken(limits, "p/held" + i));
    }
    for (int i = 0; i < 30_000; i++) {
      limits.giveBack(taken(limits, "p/" + i));
    }
    assertThat(limits.size()).isEqualTo(Recent.NAMES + 100);
    for (int i = 0; i < 100; i++) {
      assertThat(limits.take(names("p/held" + i))).isNull();
      limits.giveBack(held.get(i));
    }
    assertThat(limits.size()).isEqualTo(Recent.NAMES);
  }

  @Test
  void eightThreads_neverHoldMoreThanTheShare() throws Exception {
    LocalLimits limits =
        limits(0.5, Limit.concurrency("p/a", 10), Limit.concurrency("p/b", 7).taking(1));
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger taken = new AtomicInteger();
    Callable<Boolean> worker =
        () -> {
          for (int i = 0; i < 50_000; i++) {
            LocalLimit[] mine = limits.take(names("p/a", "p/b"));
            if (mine != null) {
              most.accumulateAndGet(inside.incrementAndGet(), Math::max);
              taken.incrementAndGet();
              Thread.onSpinWait();
              inside.decrementAndGet();
              limits.giveBack(mine);
            }
          }
          return true;
        };
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<Boolean>> workers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        workers.add(threads.submit(worker));
      }
      for (Future<Boolean> each : workers) {
        assertThat(each.get(60, TimeUnit.SECONDS)).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(most.get()).isBetween(1, 3);
    assertThat(taken.get()).isPositive();
    assertThat(takes(limits, "p/a", "p/b")).isEqualTo(3);
  }
}
