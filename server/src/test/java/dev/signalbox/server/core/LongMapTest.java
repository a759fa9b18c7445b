package dev.signalbox.server.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

class LongMapTest {
  @Test
  void emptyMap_knowsNothing() {
    LongMap<String> map = new LongMap<>();

    assertThat(map.get(1)).isNull();
    assertThat(map.remove(1)).isNull();
    assertThat(map.size()).isZero();
  }

  @Test
  void secondValue_takesThePlaceOfTheFirst() {
    LongMap<String> map = new LongMap<>();
    map.put(Long.MAX_VALUE, "a");
    map.put(Long.MAX_VALUE, "b");

    assertThat(map.size()).isEqualTo(1);
    assertThat(map.remove(Long.MAX_VALUE)).isEqualTo("b");
    assertThat(map.get(Long.MAX_VALUE)).isNull();
  }

  @Test
  void mapThatFillsAndEmpties_keepsEverything() {
    LongMap<Long> map = new LongMap<>();
    for (long round = 0; round < 4; round++) {
      for (long key = 1; key <= 10_000; key++) {
        map.put(round << 32 | key, key);
      }
      for (long key = 1; key <= 10_000; key++) {
        assertThat(map.get(round << 32 | key)).isEqualTo(key);
        assertThat(map.remove(round << 32 | key)).isEqualTo(key);
      }
      assertThat(map.size()).isZero();
    }
  }

  @Test
  void randomChanges_areThoseOfAHashMap() {
    List<LongUnaryOperator> spreads = new ArrayList<>();
    spreads.add(key -> key);
    spreads.add(key -> key << 3);
    spreads.add(key -> key << 20);
    spreads.add(key -> key * 1_000_003);
    spreads.add(key -> Long.MAX_VALUE - key);
    long seed = Long.getLong("map.seed", System.nanoTime());
    System.out.println("LongMapTest: -Dmap.seed=" + seed);
    Random random = new Random(seed);
    for (LongUnaryOperator spread : spreads) {
      for (int range : new int[] {20, 500, 20_000}) {
        compare(random, spread, range);
      }
    }
  }

  private static void compare(Random random, LongUnaryOperator spread, int range) {
    LongMap<Integer> map = new LongMap<>();
    Map<Long, Integer> expected = new HashMap<>();
    for (int i = 0; i < 50_000; i++) {
      long key = spread.applyAsLong(1 + random.nextInt(range));
      // It grows in the first half and shrinks in the second.
      if (random.nextInt(10) < (i < 25_000 ? 7 : 3)) {
        map.put(key, i);
        expected.put(key, i);
      } else {
        assertThat(map.remove(key)).isEqualTo(expected.remove(key));
      }
      long other = spread.applyAsLong(1 + random.nextInt(range));
      assertThat(map.get(other)).isEqualTo(expected.get(other));
      assertThat(map.size()).isEqualTo(expected.size());
    }
    expected.forEach((key, value) -> assertThat(map.get(key)).isEqualTo(value));
  }
}
