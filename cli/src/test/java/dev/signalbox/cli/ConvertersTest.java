package dev.signalbox.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.client.Refill;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class ConvertersTest {
  @ParameterizedTest
  @CsvSource({"0,0", "250ms,250", "30s,30000", "5m,300000", "2h,7200000", "7d,604800000"})
  void time_isReadWithItsUnit(String text, long millis) {
    assertThat(new TimeConverter().convert(text)).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "s", "-1s", "1.5s", "1 s", "1S", "9999999999s", "1s2s"})
  void time_withoutSense_isRefused(String text) {
    assertThatThrownBy(() -> new TimeConverter().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("'" + text + "'");
  }

  @ParameterizedTest
  @CsvSource({"100/1s,100,1000", "100/s,100,1000", "5/10m,5,600000", "1/250ms,1,250"})
  void rate_isReadWithItsPeriod(String text, int permits, long millis) {
    assertThat(new RefillConverter().convert(text))
        .isEqualTo(new Refill(permits, Duration.ofMillis(millis)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "100", "/s", "100/", "x/s", "1/2", "1/s/s"})
  void rate_withoutSense_isRefused(String text) {
    assertThatThrownBy(() -> new RefillConverter().convert(text))
        .isInstanceOf(TypeConversionException.class);
  }

  @ParameterizedTest
  @CsvSource({"a/b,a/b,1", "a/b=3,a/b,3", "a=1=2,a=1,2", "a=x,a=x,1", "=3,=3,1"})
  void share_isANameAndPermits(String text, String name, int permits) {
    assertThat(new Share.Converter().convert(text)).isEqualTo(new Share(name, permits));
  }

  @Test
  void table_alignsWordsLeftAndNumbersRight() {
    Table table = new Table("NAME", "COUNT", "END");
    table.row("a", 5, "x");
    table.row("longer", 12, "");
    assertThat(table.toString()).isEqualTo("NAME    COUNT  END\na           5  x\nlonger     12");
  }

  @ParameterizedTest
  @CsvSource({"0,0ms", "1500,1500ms", "1000,1s", "90000,90s", "120000,2m", "7200000,2h"})
  void time_isPrintedInTheLargestUnitThatFits(long millis, String text) {
    assertThat(AsText.time(Duration.ofMillis(millis))).isEqualTo(text);
  }
}
