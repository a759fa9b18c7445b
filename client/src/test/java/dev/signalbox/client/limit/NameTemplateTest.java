package dev.signalbox.client.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameTemplateTest {
  @Test
  void resolve_putsValuesIn() {
    NameTemplate name = NameTemplate.parse("pay/t-{tenant}/{user}:{kind}-x");
    LimitKeys keys = LimitKeys.of("tenant", "a").and("user", "b/c").and("kind", "").and("z", "q");
    assertThat(name.resolve(keys)).isEqualTo("pay/t-a/b%2Fc:%-x");
    assertThat(name.isFixed()).isFalse();
    assertThat(name.namespace()).isEqualTo("pay");
  }

  @Test
  void resolve_ofAFixedName_isTheName() {
    NameTemplate name = NameTemplate.parse("ledger");
    assertThat(name.resolve(LimitKeys.none())).isSameAs("ledger");
    assertThat(name.isFixed()).isTrue();
    assertThat(name.namespace()).isEmpty();
  }

  @Test
  void resolve_withoutAKey_namesKeyAndLimit() {
    NameTemplate name = NameTemplate.parse("pay/{tenant}/{user}");
    assertThatThrownBy(() -> name.resolve(LimitKeys.of("tenant", "a")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("keys: 'user' is missing for limit 'pay/{tenant}/{user}'");
  }

  @ParameterizedTest
  @CsvSource({
    "p/{t, not closed",
    "p/t}, not opened",
    "p/{t}}, not opened",
    "p/}t{, not closed",
    "p/{{t}}, a key has",
    "p/{t/u}, a key has",
    "p/{}, empty",
    "{t}/p, first level",
    "{t}, first level",
    "p/{a}{b}, between them",
    "p/{a}-{b}, between them",
    "p/{a}%{b}, between them",
    "p//{a}, level is empty",
    "/p/{a}, level is empty",
    "p/, level is empty",
    "'', level is empty",
    "p/{a}/{b}/{c}/{d}/{e}, longer than 255",
  })
  void parse_ofWhatIsNoName_saysWhy(String name, String why) {
    assertThatThrownBy(() -> NameTemplate.parse(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("limit '" + name + "': name: ")
        .hasMessageContaining(why);
  }

  @Test
  void parse_ofANameTooLongOrWithControls_saysWhy() {
    assertThat(NameTemplate.parse("p/" + "x".repeat(253)).isFixed()).isTrue();
    assertThatThrownBy(() -> NameTemplate.parse("p/" + "é".repeat(127)))
        .hasMessageContaining("longer than 255 bytes");
    assertThatThrownBy(() -> NameTemplate.parse("p/\u0007"))
        .hasMessageContaining("control character");
  }

  @ParameterizedTest
  @CsvSource({
    "p/a, p/a, true",
    "p/a, p/b, false",
    "p/{t}, p/a, true",
    "p/{t}, p/{u}, true",
    "p/{t}, p/{t}-rate, true",
    "p/{t}, p/{t}/rate, false",
    "p/t/{t}, p/u/{t}, false",
    "p/t-{t}, p/u-{t}, false",
    "p/{t}-a, p/{t}-b, false",
    "p/{t}-a, p/{t}-b-a, true",
    "p/t-{t}, p/total, false",
    "p/t-{t}, p/t-otal, true",
  })
  void mayMeet_isTrueWhereSomeValuesGiveTheSameName(String one, String other, boolean may) {
    NameTemplate first = NameTemplate.parse(one);
    NameTemplate second = NameTemplate.parse(other);
    assertThat(first.mayMeet(second)).isEqualTo(may);
    assertThat(second.mayMeet(first)).isEqualTo(may);
  }
}
