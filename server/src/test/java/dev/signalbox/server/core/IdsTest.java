package dev.signalbox.server.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.server.Rule;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Ids of grants and sessions are unguessable, and yet the same on every node. */
class IdsTest {
  private static final Operation CREATE =
      new Operation.CreateSemaphore("s", 1000, Scenario.ownerOnly(1000), IfExists.OPEN);
  private static final Operation ACQUIRE = Scenario.allOf(Scenario.AT_ONCE, Scenario.part("s", 1));

  @Test
  @Rule("A8")
  void tags_areNotRepeated() {
    Set<Long> tags = new HashSet<>();
    for (int i = 0; i < 500; i++) {
      Machine machine = new Machine();
      SessionId session = open(machine, i, 0);
      tags.add(session.tag());
      acquire(machine, session, 0, i).forEach(grant -> tags.add(grant.tag()));
    }
    assertThat(tags).hasSize(500 * 11);
  }

  @Test
  @Rule("A8")
  void tags_dependOnEveryBitOfTheSalt() {
    Set<Long> sessionTags = new HashSet<>();
    Set<Long> grantTags = new HashSet<>();
    for (int bit = -1; bit < 128; bit++) {
      long low = bit >= 0 && bit < 64 ? 1L << bit : 0;
      long high = bit >= 64 ? 1L << (bit - 64) : 0;
      Machine machine = new Machine();
      SessionId session = open(machine, high, low);
      sessionTags.add(session.tag());
      grantTags.add(acquire(machine, session, high, low).get(0).tag());
    }
    assertThat(sessionTags).hasSize(129);
    assertThat(grantTags).hasSize(129);
  }

  @Test
  @Rule("A8")
  void ids_areTheSameOnEveryNode() {
    Machine one = new Machine();
    Machine other = new Machine();
    SessionId session = open(one, 3, 4);
    assertThat(open(other, 3, 4)).isEqualTo(session);
    assertThat(acquire(one, session, 5, 6)).isEqualTo(acquire(other, session, 5, 6));
  }

  @Test
  @Rule("A8")
  void sequences_count() {
    Machine machine = new Machine();
    SessionId first = open(machine, 1, 1);
    SessionId second = open(machine, 2, 2);
    assertThat(List.of(first.sequence(), second.sequence())).containsExactly(1L, 2L);
    assertThat(acquire(machine, second, 3, 3).stream().map(GrantId::sequence))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 10).boxed().toList());
  }

  private static SessionId open(Machine machine, long high, long low) {
    Command open = new Command.OpenSession("anna", 15_000_000, -1, false);
    Command create = new Command.Request(null, 0, CREATE);
    List<Outcome> told = machine.apply(new Entry(0, high, low, List.of(open, create)));
    return ((Result.Opened) ((Outcome.Answer) told.get(0)).result()).session();
  }

  /** The ids of ten grants of one entry. */
  private static List<GrantId> acquire(Machine machine, SessionId session, long high, long low) {
    List<Command> commands =
        LongStream.rangeClosed(1, 10)
            .<Command>mapToObj(number -> new Command.Request(session, number, ACQUIRE))
            .toList();
    return machine.apply(new Entry(0, high, low, commands)).stream()
        .map(told -> ((Result.Granted) ((Outcome.Answer) told).result()).id())
        .toList();
  }
}
