package dev.signalbox.server.replication.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.server.core.Command;
import dev.signalbox.server.core.Entry;
import dev.signalbox.server.core.Operation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntryCodecTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void entry_readBack_isTheSame(long seed) {
    Entry entry = entry(seed);

    assertThat(decode(EntryCodec.encode(entry))).isEqualTo(entry);
  }

  @Test
  void tick_readBack_isTheSame() {
    Entry tick = new Entry(1, -1, 1, List.of());

    assertThat(decode(EntryCodec.encode(tick))).isEqualTo(tick);
  }

  @Test
  void randomCommands_coverEveryKind() {
    List<Command> commands = entry(1).commands();

    assertThat(classesOf(commands)).containsExactlyInAnyOrderElementsOf(kindsOf(Command.class));
    assertThat(
            classesOf(
                commands.stream()
                    .filter(Command.Request.class::isInstance)
                    .map(command -> ((Command.Request) command).operation())
                    .toList()))
        .containsExactlyInAnyOrderElementsOf(kindsOf(Operation.class));
  }

  /** If this fails, the logs of released servers can no longer be read. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, EntryCodec.VERSION})
  void everyVersion_isStillRead(int version) throws IOException {
    assertThat(decode(golden(version)).toString())
        .isEqualTo(resource("entry-v" + version + ".txt").strip());
  }

  /** If this fails, the servers of one cluster write different bytes during an upgrade. */
  @Test
  void newestVersion_isStillWrittenInTheSameWay() throws IOException {
    byte[] golden = golden(EntryCodec.VERSION);

    assertThat(EntryCodec.encode(decode(golden))).isEqualTo(golden);
  }

  @Test
  void laterVersion_isRefused() {
    byte[] later = new ByteSink().number(4).number(0).toBytes();

    assertThatThrownBy(() -> decode(later))
        .isInstanceOf(UnknownFormat.class)
        .hasMessageContaining("version 4");
  }

  @Test
  void commandOfALaterRelease_isRefused() {
    ByteSink later = new ByteSink().number(1).number(0).fixed(0).fixed(0);
    byte[] bytes = later.list(List.of(99L), ByteSink::number).toBytes();

    assertThatThrownBy(() -> decode(bytes))
        .isInstanceOf(UnknownFormat.class)
        .hasStackTraceContaining("unknown command 99");
  }

  @Test
  void bytesThatAreNoWholeEntry_areRefused() {
    byte[] bytes = EntryCodec.encode(entry(1));
    for (int length = 0; length < bytes.length; length++) {
      byte[] cutOff = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> decode(cutOff)).isInstanceOf(UnknownFormat.class);
    }
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
    assertThatThrownBy(() -> decode(longer)).isInstanceOf(UnknownFormat.class);
  }

  private static Entry entry(long seed) {
    return new Entry(seed * 1_000, seed, ~seed, new RandomCommands(seed).oneOfEach());
  }

  private static Entry decode(byte[] bytes) {
    return EntryCodec.decode(bytes);
  }

  /** An entry with a command of each kind, as that version wrote it. */
  private static byte[] golden(int version) throws IOException {
    String hex = resource("entry-v" + version + ".hex");
    return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
  }

  private static String resource(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(EntryCodecTest.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Set<Class<?>> classesOf(List<?> values) {
    return values.stream().map(Object::getClass).collect(Collectors.toSet());
  }

  private static Set<Class<?>> kindsOf(Class<?> sealed) {
    return Set.of(sealed.getPermittedSubclasses());
  }
}
