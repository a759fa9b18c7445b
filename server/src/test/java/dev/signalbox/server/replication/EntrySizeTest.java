package dev.signalbox.server.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.server.core.Command;
import dev.signalbox.server.core.EndCause;
import dev.signalbox.server.core.Entry;
import dev.signalbox.server.core.GrantId;
import dev.signalbox.server.core.Operation;
import dev.signalbox.server.core.SessionId;
import dev.signalbox.server.replication.codec.EntryCodec;
import dev.signalbox.server.replication.codec.RandomCommands;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntrySizeTest {
  private static final int EMPTY = EntryCodec.encode(new Entry(0, 0, 0, List.of())).length;
  private static final SessionId SESSION = new SessionId(-1, -1);
  private static final String NAME = "\u20ac".repeat(85);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void anyCommand_takesNoMoreThanSaid(long seed) {
    new RandomCommands(seed).oneOfEach().forEach(EntrySizeTest::assertBound);
  }

  @Test
  void largestNumbers_takeNoMoreThanSaid() {
    List<Long> numbers = Collections.nCopies(1_000, Long.MAX_VALUE);
    assertBound(new Command.Acknowledge(SESSION, Long.MAX_VALUE, numbers));
    assertBound(new Command.ResumeSession(SESSION, Long.MAX_VALUE, numbers));
    assertBound(new Command.EndSession(SESSION, EndCause.EXPIRED));
  }

  @Test
  void longestLists_takeNoMoreThanSaid() {
    List<Operation.Item> items = new ArrayList<>();
    List<Integer> slots = new ArrayList<>();
    for (int i = 0; i < Operation.MAX_ITEMS; i++) {
      slots.add(10_000 + i);
      items.add(new Operation.GiveBack(new GrantId(-1, -1), NAME, 0, List.copyOf(slots)));
    }
    assertBound(request(new Operation.Release(items, List.of(Long.MAX_VALUE))));
    assertBound(
        request(
            new Operation.SetWill(
                Long.MAX_VALUE,
                Collections.nCopies(
                    Operation.MAX_ITEMS, new Operation.Signal(NAME, Integer.MAX_VALUE)))));
  }

  /** Otherwise entries would stay small for nothing. */
  @Test
  void plainAcquires_takeNotMuchLessThanSaid() {
    Command acquire =
        request(
            new Operation.Acquire(
                List.of(new Operation.Part("payments/ledger-db", 1)),
                Operation.Mode.ALL_OF,
                Operation.FOREVER,
                false,
                0));

    assertThat(EntrySize.of(List.of(acquire))).isLessThan(4L * size(acquire));
  }

  private static Command request(Operation operation) {
    return new Command.Request(SESSION, Long.MAX_VALUE, operation);
  }

  private static void assertBound(Command command) {
    assertThat((long) size(command))
        .as("%s", command)
        .isLessThanOrEqualTo(EntrySize.of(List.of(command)));
  }

  private static int size(Command command) {
    return EntryCodec.encode(new Entry(0, 0, 0, List.of(command))).length - EMPTY;
  }
}
