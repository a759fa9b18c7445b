package dev.signalbox.client.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class KeyValueTest {
  private static String part(String value) {
    StringBuilder to = new StringBuilder();
    KeyValue.append(to, value);
    return to.toString();
  }

  @Test
  void plainCharacters_stay() {
    assertThat(part("Tenant-7_eu.west")).isEqualTo("Tenant-7_eu.west");
  }

  @Test
  void otherCharacters_areTheirBytesOfUtf8() {
    assertThat(part("a/b")).isEqualTo("a%2Fb");
    assertThat(part("%2F")).isEqualTo("%252F");
    assertThat(part("{t} \u0000\n")).isEqualTo("%7Bt%7D%20%00%0A");
    assertThat(part("ß€😀")).isEqualTo("%C3%9F%E2%82%AC%F0%9F%98%80");
  }

  @Test
  void everyCodePoint_isItsBytesOfUtf8() {
    for (int point = 0; point <= Character.MAX_CODE_POINT; point += 1 + point / 64) {
      if (point >= 0x80 && (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)) {
        StringBuilder expected = new StringBuilder();
        String text = Character.toString(point);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
          expected.append(String.format("%%%02X", b));
        }
        assertThat(part(text)).isEqualTo(expected.toString());
      }
    }
  }

  @Test
  void halfASurrogatePair_isNoQuestionMark() {
    assertThat(part("\ud83d")).isEqualTo("%ED%A0%BD").isNotEqualTo(part("?"));
    assertThat(part("\ude00\ud83d")).isEqualTo("%ED%B8%80%ED%A0%BD");
  }

  @Test
  void emptyValue_isWhatNoOtherIs() {
    assertThat(part("")).isEqualTo("%");
    assertThat(part("%")).isEqualTo("%25");
  }

  @Test
  void longValue_isADigestThatNoShortOneIs() {
    String longest = "x".repeat(64);
    assertThat(part(longest)).isEqualTo(longest);
    String digest = part(longest + "x");
    assertThat(digest).matches("%s[A-Za-z0-9_-]{43}").isNotEqualTo(part(longest + "y"));
    assertThat(part(digest)).startsWith("%25s");
    assertThat(part("/".repeat(22))).startsWith("%s");
    assertThat(part("/".repeat(21))).hasSize(63);
  }

  @Test
  void differentValues_giveDifferentParts() {
    SplittableRandom random = new SplittableRandom(7);
    String alphabet = "ab%25s/2F\u0000é\ud83d\ude00";
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      StringBuilder value = new StringBuilder();
      for (int length = random.nextInt(9); length > 0; length--) {
        value.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      String before = values.put(part(value.toString()), value.toString());
      assertThat(before)
          .satisfiesAnyOf(
              other -> assertThat(other).isNull(),
              other -> assertThat(other).isEqualTo(value.toString()));
    }
  }
}
