package dev.signalbox.server.ratelimit;

import static dev.signalbox.server.ratelimit.LimitsReaderTest.entries;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.server.core.Names;
import org.junit.jupiter.api.Test;

class BucketNameTest {
  @Test
  void name_saysWhatItIsFor() {
    assertThat(BucketName.of("edge", entries("tenant", "acme", "route", "search"), null))
        .isEqualTo("edge/ratelimit/tenant=acme/route=search");
  }

  @Test
  void whatIsNoPlainLetter_isEscaped_soThatNoTwoAreTheSame() {
    assertThat(BucketName.of("a/b", entries("pa=th", "/x y", "%", "é~@"), null))
        .isEqualTo("a%2Fb/ratelimit/pa%3Dth=%2Fx%20y/%25=%C3%A9%7E%40");
    assertThat(BucketName.of("a", entries("k", ""), null)).isEqualTo("a/ratelimit/k=");
  }

  @Test
  void limitOfTheRequest_hasABucketOfItsOwn() {
    assertThat(BucketName.of("a", entries("k", "v"), Limit.of(5, Unit.HOUR)))
        .isEqualTo("a/ratelimit/k=v/@5:HOUR");
  }

  @Test
  void longName_isCutAndMarkedByADigest() {
    String one = BucketName.of("edge", entries("k", "v".repeat(300)), null);
    String other = BucketName.of("edge", entries("k", "v".repeat(301)), null);
    assertThat(one).startsWith("edge/ratelimit/k=vvv").hasSize(Names.MAX_BYTES).isNotEqualTo(other);
    Names.checkSemaphoreName("name", one);
    assertThat(BucketName.of("edge", entries("k", "v".repeat(238)), null))
        .hasSize(Names.MAX_BYTES)
        .endsWith("vvvv");
  }

  @Test
  void longestDomain_leavesRoom() {
    String domain = "d".repeat(BucketName.MAX_DOMAIN);
    String name = BucketName.of(domain, entries("k", "v".repeat(10_000)), null);
    assertThat(name.substring(0, name.indexOf('/'))).isEqualTo(domain);
    Names.checkSemaphoreName("name", name);
  }
}
