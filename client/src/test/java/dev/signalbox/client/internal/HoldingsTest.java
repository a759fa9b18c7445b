package dev.signalbox.client.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.signalbox.client.fixtures.ScriptedStream;
import dev.signalbox.server.Rule;
import dev.signalbox.v1.GiveBack;
import dev.signalbox.v1.NotHeldReason;
import dev.signalbox.v1.Recall;
import dev.signalbox.v1.Release;
import dev.signalbox.v1.ReleaseItem;
import dev.signalbox.v1.ReleaseItemResult;
import dev.signalbox.v1.Signal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HoldingsTest {
  private final Holdings holdings = new Holdings();
  private final List<String> told = new ArrayList<>();

  private final class Held extends Holding {
    private final int number;

    Held(int number, List<String> semaphores, int[] permits) {
      super(GrantId.of(ScriptedStream.grantId(number)), semaphores, permits);
      this.number = number;
    }

    @Override
    protected void lost(NotHeldReason reason, boolean wholly) {
      told.add("lost " + number + (wholly ? "" : " in part"));
    }

    @Override
    protected void returned() {
      told.add("returned " + number);
    }
  }

  private void hold(int number, String semaphore, int permits) {
    holdings.add(new Held(number, List.of(semaphore), new int[] {permits}));
  }

  private static ReleaseItem signal(String semaphore, int permits) {
    Signal.Builder signal = Signal.newBuilder().setSemaphore(semaphore).setPermits(permits);
    return ReleaseItem.newBuilder().setSignal(signal).build();
  }

  private static ReleaseItem giveBack(int number, String semaphore, int permits) {
    GiveBack.Builder part =
        GiveBack.newBuilder()
            .setGrantId(ScriptedStream.grantId(number))
            .setSemaphore(semaphore)
            .setPermits(permits);
    return ReleaseItem.newBuilder().setGiveBack(part).build();
  }

  private void released(ReleaseItem item, boolean released) {
    ReleaseItemResult result = ReleaseItemResult.newBuilder().setReleased(released).build();
    holdings.released(Release.newBuilder().addItems(item).build(), List.of(result));
  }

  @Test
  @Rule("R5")
  void plainRelease_givesBackTheOldestGrantFirst() {
    hold(1, "a", 2);
    hold(2, "b", 1);
    hold(3, "a", 2);
    released(signal("a", 3), true);
    assertThat(told).containsExactly("returned 1");
    released(signal("a", 1), true);
    assertThat(told).containsExactly("returned 1", "returned 3");
    assertThat(holdings.size()).isEqualTo(1);
  }

  @Test
  @Rule("R5")
  void plainRelease_ofMoreThanIsHeld_givesBackWhatIsHeld() {
    hold(1, "a", 1);
    released(signal("a", 5), true);
    hold(2, "a", 1);
    released(signal("a", 5), true);
    assertThat(told).containsExactly("returned 1", "returned 2");
    assertThat(holdings.size()).isZero();
  }

  @Test
  void plainRelease_takesFromAGrantOverSeveralSemaphores_onlyWhatItNames() {
    holdings.add(new Held(1, List.of("a", "b"), new int[] {1, 1}));
    released(signal("a", 1), true);
    assertThat(told).isEmpty();
    released(signal("a", 1), true);
    released(signal("b", 1), true);
    assertThat(told).containsExactly("returned 1");
  }

  @Test
  @Rule("R4")
  void partsGivenBack_endTheHoldingWithTheLast() {
    hold(1, "a", 3);
    released(giveBack(1, "a", 2), true);
    released(giveBack(1, "a", 2), false);
    assertThat(told).isEmpty();
    released(giveBack(1, "a", 1), true);
    assertThat(told).containsExactly("returned 1");
  }

  @Test
  void answerThatAGrantIsNotHeld_endsTheHolding() {
    hold(1, "a", 3);
    released(giveBack(1, "", 0), false);
    assertThat(holdings.size()).isZero();
  }

  @Test
  @Rule("A10")
  void recall_losesTheWhole() {
    hold(1, "a", 3);
    holdings.recalled(Recall.newBuilder().setGrantId(ScriptedStream.grantId(1)).build());
    assertThat(told).containsExactly("lost 1");
    assertThat(holdings.size()).isZero();
  }

  @Test
  @Rule("O5")
  void recallOfAPart_losesThePart_andWithTheLastPartTheWhole() {
    holdings.add(new Held(1, List.of("a", "b"), new int[] {1, 1}));
    Recall.Builder recall = Recall.newBuilder().setGrantId(ScriptedStream.grantId(1));
    holdings.recalled(recall.setSemaphore("b").build());
    holdings.recalled(recall.setSemaphore("a").build());
    assertThat(told).containsExactly("lost 1 in part", "lost 1");
    assertThat(holdings.size()).isZero();
  }

  @Test
  @Rule("L5")
  void resume_losesWhatTheServerDoesNotHold() {
    hold(1, "a", 1);
    hold(2, "a", 1);
    hold(3, "a", 1);
    ByteString held = ScriptedStream.grantId(3).concat(ScriptedStream.grantId(1));
    holdings.retain(held, List.of());
    assertThat(told).containsExactly("lost 2");
  }

  @Test
  @Rule("L5")
  void resume_doesNotTakeForLost_whatAnUnansweredReleaseMayHaveGivenBack() {
    hold(1, "a", 1);
    hold(2, "b", 1);
    hold(3, "c", 1);
    Release underWay =
        Release.newBuilder().addItems(giveBack(1, "", 0)).addItems(signal("b", 1)).build();
    holdings.retain(ByteString.EMPTY, List.of(underWay));
    assertThat(told).containsExactly("lost 3");
    ReleaseItemResult done = ReleaseItemResult.newBuilder().setReleased(true).build();
    holdings.released(underWay, List.of(done, done));
    assertThat(told).containsExactly("lost 3", "returned 1", "returned 2");
  }

  @Test
  @Rule("L2")
  void lossOfTheSession_losesAll() {
    hold(1, "a", 1);
    hold(2, "b", 1);
    holdings.loseAll();
    assertThat(told).containsExactly("lost 1", "lost 2");
    assertThat(holdings.size()).isZero();
  }
}
