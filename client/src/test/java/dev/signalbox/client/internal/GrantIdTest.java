package dev.signalbox.client.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class GrantIdTest {
  private static final String HEX = "00017f80ff0203040506070809fe0a0b";
  private static final ByteString BYTES = ByteString.copyFrom(HexFormat.of().parseHex(HEX));

  @Test
  void id_isTheSameOnTheWireAgain() {
    assertThat(GrantId.of(BYTES).toBytes()).isEqualTo(BYTES);
    assertThat(GrantId.of(BYTES)).isEqualTo(GrantId.of(BYTES)).hasToString(HEX);
  }

  @Test
  void id_isPutIntoAnArray_whereItIsWanted() {
    byte[] array = new byte[20];
    GrantId.of(BYTES).putInto(array, 3);
    assertThat(ByteString.copyFrom(array, 3, GrantId.BYTES)).isEqualTo(BYTES);
    assertThat(array[2]).isZero();
    assertThat(array[19]).isZero();
  }

  @Test
  void noId_isEmpty() {
    assertThat(GrantId.of(ByteString.EMPTY)).isEqualTo(GrantId.NONE);
    assertThat(GrantId.NONE.toBytes()).isEqualTo(ByteString.EMPTY);
    assertThat(GrantId.NONE).hasToString("");
  }

  @Test
  void idOfAnotherLength_isRefused() {
    assertThatThrownBy(() -> GrantId.of(BYTES.substring(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
