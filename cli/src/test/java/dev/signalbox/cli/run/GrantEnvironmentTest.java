package dev.signalbox.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.client.GrantedPart;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GrantEnvironmentTest {
  private static GrantedPart part(List<Integer> slots, List<Long> epochs, boolean abandoned) {
    return new GrantedPart("a", 1, false, slots, epochs, abandoned);
  }

  @Test
  void grant_ofNumberedSemaphores_tellsSlotsAndEpochs() {
    Map<String, String> told = new HashMap<>();
    List<GrantedPart> parts =
        List.of(
            part(List.of(2, 5), List.of(7L, 1L), false),
            part(List.of(), List.of(), false),
            part(List.of(0), List.of(9L), true));
    new GrantEnvironment("id", parts).writeTo(told);
    assertThat(told)
        .containsOnly(
            Map.entry("SIGNALBOX_GRANT", "id"),
            Map.entry("SIGNALBOX_SLOT", "2"),
            Map.entry("SIGNALBOX_SLOTS", "2,5,0"),
            Map.entry("SIGNALBOX_EPOCH", "7"),
            Map.entry("SIGNALBOX_EPOCHS", "7,1,9"),
            Map.entry("SIGNALBOX_ABANDONED", "1"));
  }

  @Test
  void runInsideAnother_hearsNothingOfTheOuterGrant() {
    Map<String, String> told = new HashMap<>();
    told.put("SIGNALBOX_SLOT", "4");
    told.put("SIGNALBOX_GRANT", "outer");
    told.put("SIGNALBOX_TARGET", "a:1");
    new GrantEnvironment("", List.of(part(List.of(), List.of(), false))).writeTo(told);
    assertThat(told).containsOnly(Map.entry("SIGNALBOX_TARGET", "a:1"));
  }
}
