package dev.signalbox.client.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TargetsTest {
  private final Targets targets = new Targets(List.of("a:1", "b:1", "c:1"));

  @Test
  void targetThatServesWell_comesFirst_alsoIfItWasAHint() {
    targets.prefer(List.of("d:1"));
    assertThat(next(1)).containsExactly("d:1");
    targets.stay();
    assertThat(next(4)).containsExactly("d:1", "a:1", "b:1", "c:1");
  }

  @Test
  void targetThatIsSilent_comesLast() {
    assertThat(next(1)).containsExactly("a:1");
    targets.stay();
    targets.leave();
    assertThat(next(3)).containsExactly("b:1", "c:1", "a:1");
  }

  @Test
  void targetThatIsSilent_isSkipped_whenItIsItsTurn() {
    targets.prefer(List.of("a:1"));
    assertThat(next(1)).containsExactly("a:1");
    targets.leave();
    assertThat(next(3)).containsExactly("b:1", "c:1", "a:1");
  }

  @Test
  void onlyTarget_comesNext_silentOrNot() {
    Targets only = new Targets(List.of("a:1"));
    assertThat(only.next()).isEqualTo("a:1");
    only.leave();
    assertThat(only.next()).isEqualTo("a:1");
  }

  private List<String> next(int number) {
    return Stream.generate(targets::next).limit(number).toList();
  }
}
