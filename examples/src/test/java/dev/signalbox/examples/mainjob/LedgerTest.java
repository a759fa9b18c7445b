package dev.signalbox.examples.mainjob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LedgerTest {
  @Test
  void supply_keepsTheLargestBackUntilEnoughIsDone() {
    Ledger ledger = ledger(10);
    assertThat(ids(ledger.supply("a", 3))).containsExactly(2, 3, 4);
    ledger.close(2);
    ledger.close(3);
    assertThat(ids(ledger.supply("a", 2))).containsExactly(5);
    assertThat(ledger.isMomentToKill(5)).isFalse();
    ledger.close(4);
    assertThat(ids(ledger.supply("b", 1))).containsExactly(1);
    assertThat(ledger.isMomentToKill(5)).isFalse();
    assertThat(ledger.isMomentToKill(1)).isTrue();
  }

  @Test
  void momentToKill_whenTheLargestWentByTooFast_isTheNextFileThatIsBegun() {
    Ledger ledger = ledger(2);
    ledger.supply("a", 2);
    assertThat(ledger.isMomentToKill(2)).isFalse();
    ledger.close(1);
    assertThat(ledger.isMomentToKill(2)).isTrue();
  }

  @Test
  void supply_ofASingleFile_givesItAtOnce() {
    assertThat(ids(ledger(1).supply("a", 6))).containsExactly(1);
  }

  @Test
  void takeBack_redoesWhatWasBegunAndHandsOnTheRest() {
    Ledger ledger = ledger(6);
    ledger.supply("a", 2);
    ledger.supply("b", 3);
    ledger.takeBack("b", Set.of(4));
    assertThat(ledger.redone()).isEqualTo(1);
    assertThat(ledger.timesRedone(4)).isEqualTo(1);
    assertThat(ledger.handedOn()).isEqualTo(2);
    assertThat(ids(ledger.supply("a", 5))).containsExactlyInAnyOrder(4, 5, 6);
  }

  @Test
  void close_ofAFileInNobodysHands_countsForNothing() {
    Ledger ledger = ledger(10);
    ledger.supply("a", 1);
    assertThat(ledger.close(2)).isTrue();
    assertThat(ledger.close(2)).isFalse();
    assertThat(ledger.done()).isEqualTo(1);
  }

  @Test
  void reopen_isCountedAndNotGoneOnWithForEver() {
    Ledger ledger = ledger(1);
    for (int i = 1; i < 5; i++) {
      ledger.supply("a", 1);
      ledger.reopen(1, "no reason");
      assertThat(ledger.timesRedone(1)).isEqualTo(i);
    }
    ledger.supply("a", 1);
    assertThatThrownBy(() -> ledger.reopen(1, "no reason")).hasMessageContaining("no reason");
  }

  private static Ledger ledger(int files) {
    return new Ledger(
        IntStream.rangeClosed(1, files)
            .mapToObj(i -> new Task(i, Path.of("f" + i), 1, 1))
            .toList());
  }

  private static List<Integer> ids(List<Task> tasks) {
    return tasks.stream().map(Task::id).toList();
  }
}
