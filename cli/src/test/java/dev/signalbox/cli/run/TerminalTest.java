package dev.signalbox.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TerminalTest {
  @Test
  void process_ofTheForegroundGroup_isInForeground() {
    assertThat(Terminal.isInForeground("77 (java) S 70 77 70 34816 77 0 0")).isTrue();
  }

  @Test
  void process_ofAnotherGroup_isNot() {
    assertThat(Terminal.isInForeground("77 (java) S 70 77 70 34816 70 0 0")).isFalse();
  }

  @Test
  void process_withoutATerminal_isNot() {
    assertThat(Terminal.isInForeground("77 (java) S 70 77 70 0 -1 0 0")).isFalse();
    assertThat(Terminal.isInForeground("77 (java) S 70 77 70 0 77 0 0")).isFalse();
  }

  @Test
  void name_mayContainAnything() {
    assertThat(Terminal.isInForeground("77 (a) S 1 (b) S 70 77 70 34816 77 0 0")).isTrue();
  }
}
