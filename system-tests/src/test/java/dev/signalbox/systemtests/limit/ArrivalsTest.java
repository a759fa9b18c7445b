package dev.signalbox.systemtests.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
  private static final long MILLI = 1_000_000;

  private static Arrivals atMillis(long... millis) {
    return Arrivals.of(LongStream.of(millis).map(milli -> milli * MILLI).toArray());
  }

  @Test
  void second_endsBeforeTheNextOneBegins() {
    assertThat(atMillis(0, 1_000).mostInASecond()).isEqualTo(1);
    assertThat(atMillis(0, 999).mostInASecond()).isEqualTo(2);
  }

  @Test
  void fullestSecond_isFound_whereverItBegins() {
    Arrivals arrivals = atMillis(0, 10, 700, 900, 1_300, 1_650, 3_000);
    assertThat(arrivals.mostInASecond()).isEqualTo(4);
    assertThat(arrivals.excesses(3)).isEqualTo(2);
    assertThat(arrivals.excesses(4)).isZero();
  }

  @Test
  void order_doesNotMatter() {
    assertThat(atMillis(1_300, 0, 700, 10, 900).mostInASecond()).isEqualTo(4);
  }

  @Test
  void evenRate_isWithinItself_andOneMoreCallIsSeen() {
    long[] even = LongStream.range(0, 2_000).map(i -> i * 5 * MILLI).toArray();
    assertThat(Arrivals.of(even).mostInASecond()).isEqualTo(200);
    long[] more = LongStream.concat(LongStream.of(even), LongStream.of(5_001 * MILLI)).toArray();
    assertThat(Arrivals.of(more).mostInASecond()).isEqualTo(201);
  }

  @Test
  void fullestSecond_isThatOfTheNaiveSearch() {
    Random random = new Random(1);
    for (int round = 0; round < 100; round++) {
      long[] nanos = random.longs(100, 0, 10_000 * MILLI).toArray();
      assertThat(Arrivals.of(nanos).mostInASecond()).isEqualTo(naive(nanos));
    }
  }

  private static int naive(long[] nanos) {
    return LongStream.of(nanos)
        .mapToInt(begin ->
            (int)
                LongStream.of(nanos)
                    .filter(nano -> nano >= begin && nano < begin + 1_000 * MILLI)
                    .count())
        .max()
        .orElse(0);
  }

  @Test
  void gaps_andParts_areCounted() {
    Arrivals arrivals = atMillis(0, 100, 350, 400);
    assertThat(arrivals.longestGap()).isEqualTo(250 * MILLI);
    assertThat(arrivals.between(100 * MILLI, 400 * MILLI)).isEqualTo(2);
    assertThat(arrivals.count()).isEqualTo(4);
  }
}
