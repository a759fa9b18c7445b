package dev.signalbox.client.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.v1.NotHeldReason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HeldGrantsTest {
  private final HeldGrants grants = new HeldGrants();

  private static final class Held extends Holding {
    Held(GrantId id) {
      super(id, List.of("a"), new int[] {1});
    }

    @Override
    protected void lost(NotHeldReason reason, boolean wholly) {}

    @Override
    protected void returned() {}
  }

  private static Held held(long number) {
    return new Held(new GrantId(number, 7));
  }

  @Test
  void everyOne_isFound_andTheyStayInOrder() {
    List<Holding> all = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      Held held = held(i);
      grants.add(held);
      all.add(held);
    }
    assertThat(grants.size()).isEqualTo(1_000);
    assertThat(grants.inOrder()).isEqualTo(all);
    all.forEach(held -> assertThat(grants.get(held.grantId())).isSameAs(held));
    assertThat(grants.get(new GrantId(5, 8))).isNull();
  }

  @Test
  void oneThatIsNotInHere_isNotRemoved() {
    Held held = held(1);
    assertThat(grants.remove(held)).isFalse();
    grants.add(held);
    assertThat(grants.remove(held(1))).as("another of the same id").isFalse();
    assertThat(grants.remove(held)).isTrue();
    assertThat(grants.remove(held)).isFalse();
    assertThat(grants.isEmpty()).isTrue();
  }

  @Test
  void whatIsRemoved_letsGoOfTheOthers() {
    Held first = held(1);
    Held second = held(2);
    Held third = held(3);
    List.of(first, second, third).forEach(grants::add);
    assertThat(grants.remove(second)).isTrue();
    assertThat(second.older).isNull();
    assertThat(second.newer).isNull();
    assertThat(grants.inOrder()).containsExactly(first, third);
    grants.clear();
    assertThat(grants.inOrder()).isEmpty();
    assertThat(first.newer).isNull();
    assertThat(grants.get(third.grantId())).isNull();
  }

  @Test
  void anyCourseOfEvents_isThatOfAnOrderedMap() {
    long seed = Long.getLong("grants.seed", System.nanoTime());
    System.out.println("HeldGrantsTest: -Dgrants.seed=" + seed);
    Random random = new Random(seed);
    Map<GrantId, Holding> model = new LinkedHashMap<>();
    for (int step = 0; step < 100_000; step++) {
      boolean filling = step / 10_000 % 2 == 0;
      GrantId id = new GrantId(random.nextInt(3_000), random.nextInt(2));
      Holding known = model.get(id);
      assertThat(grants.get(id)).as("step %d", step).isSameAs(known);
      if (known != null && random.nextInt(filling ? 4 : 1) == 0) {
        model.remove(id);
        assertThat(grants.remove(known)).isTrue();
      } else if (known == null && random.nextInt(filling ? 1 : 4) == 0) {
        Held held = new Held(id);
        grants.add(held);
        model.put(id, held);
      }
      assertThat(grants.size()).isEqualTo(model.size());
    }
    assertThat(grants.inOrder()).containsExactlyElementsOf(model.values());
  }
}
