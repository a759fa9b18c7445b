package dev.signalbox.server.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link NameOrder} against the standard library's sorted map. */
class NameOrderTest {
  private final NameOrder order = new NameOrder();
  private final NavigableMap<String, Semaphore> expected = new TreeMap<>();

  @Test
  void emptyOrder_hasNothing() {
    Iterator<Semaphore> none = order.from("", true).iterator();

    assertThat(none.hasNext()).isFalse();
    assertThatThrownBy(none::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void namesInOrder_thenBackwards_areListedInOrder() {
    for (int i = 0; i < 3_000; i++) {
      add("up%05d".formatted(i));
      add("down%05d".formatted(3_000 - i));
    }
    check(new Random(1));
  }

  @Test
  void everythingRemoved_leavesNothing_andAllOfItComesBack() {
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 2_000; i++) {
        add("n" + i);
      }
      check(new Random(round));
      for (String name : new ArrayList<>(expected.keySet())) {
        remove(name);
      }
      check(new Random(round));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 1_000, 20_000})
  void randomNames_inAndOut_areAsInASortedMap(int names) {
    long seed = Long.getLong("order.seed", System.nanoTime());
    System.out.println("order.seed=" + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 12; round++) {
      boolean growing = round % 3 != 2;
      for (int i = 0; i < names; i++) {
        String name = "n" + random.nextInt(names);
        if (expected.containsKey(name)) {
          if (!growing || random.nextInt(4) == 0) {
            remove(name);
          }
        } else if (growing || random.nextInt(4) == 0) {
          add(name);
        }
      }
      check(random);
    }
  }

  private void add(String name) {
    SemaphoreConfig config = new SemaphoreConfig(Kind.SEMAPHORE, 1, false, false, null, 0);
    Semaphore semaphore = new Semaphore(expected.size(), name, config, 1, 0);
    order.add(semaphore);
    expected.put(name, semaphore);
  }

  private void remove(String name) {
    order.remove(Objects.requireNonNull(expected.remove(name)));
  }

  private void check(Random random) {
    assertThat(listed("", true)).isEqualTo(List.copyOf(expected.values()));
    for (int i = 0; i < 20; i++) {
      String from = "n" + random.nextInt(20_000);
      assertThat(listed(from, true)).isEqualTo(List.copyOf(expected.tailMap(from, true).values()));
      assertThat(listed(from, false))
          .isEqualTo(List.copyOf(expected.tailMap(from, false).values()));
    }
  }

  private List<Semaphore> listed(String from, boolean inclusive) {
    List<Semaphore> listed = new ArrayList<>();
    order.from(from, inclusive).forEach(listed::add);
    return listed;
  }
}
