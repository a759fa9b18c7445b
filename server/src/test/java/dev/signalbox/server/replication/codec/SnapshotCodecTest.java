package dev.signalbox.server.replication.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.server.core.Command;
import dev.signalbox.server.core.EndCause;
import dev.signalbox.server.core.Entry;
import dev.signalbox.server.core.GrantId;
import dev.signalbox.server.core.IfExists;
import dev.signalbox.server.core.Image;
import dev.signalbox.server.core.Kind;
import dev.signalbox.server.core.Limits;
import dev.signalbox.server.core.Machine;
import dev.signalbox.server.core.Operation;
import dev.signalbox.server.core.Outcome;
import dev.signalbox.server.core.Refill;
import dev.signalbox.server.core.Result;
import dev.signalbox.server.core.SemaphoreConfig;
import dev.signalbox.server.core.SessionId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SnapshotCodecTest {
  /** Of version 1. To change the format is to make a version 2 that can read this one, too. */
  private static final String GOLDEN =
      "53425853000000010000000e02f0b77a02020000020406080a0c0000001a"
          + "040239fd0b3235a8d5320c676f6c64656e8087a70e0100000000000000130602"
          + "086e732f61000600000000060000000000000000010e0000000000000000248f8b63";

  private final Machine machine = new Machine();
  private long time = 1_000_000;

  @Test
  void everythingThatTheMachineKnows_isReadBackEqual() throws IOException {
    fill();
    byte[] bytes = write(machine);
    Machine restored = read(bytes);

    assertThat(images(restored)).isEqualTo(images(machine));
    assertThat(write(restored)).isEqualTo(bytes);
    assertThat(images(machine)).extracting(Object::getClass).contains(everyPiece());
  }

  @Test
  void emptyMachine_isReadBack() throws IOException {
    assertThat(images(read(write(machine)))).isEqualTo(images(machine));
  }

  @Test
  void format_isTheOneThatWasWrittenBefore() throws IOException {
    apply(new Command.Configure(new Limits(1, 2, 3, 4, 5, 6)));
    apply(new Command.OpenSession("golden", 15_000_000, -1, false));
    apply(request(null, 0, create("ns/a", 3, null)));

    assertThat(HexFormat.of().formatHex(write(machine))).isEqualTo(GOLDEN);
  }

  @Test
  void anyBytes_thatAreNoWholeSnapshot_areRefused() throws IOException {
    fill();
    byte[] bytes = write(machine);
    for (int length = 0; length < bytes.length; length += 1 + length / 50) {
      assertRefused(Arrays.copyOf(bytes, length));
    }
    for (int i = 0; i < bytes.length; i += 1 + i / 100) {
      byte[] flipped = bytes.clone();
      flipped[i] ^= 0x55;
      assertRefused(flipped);
    }
  }

  private void assertRefused(byte[] bytes) {
    assertThatThrownBy(() -> read(bytes)).isInstanceOf(IOException.class);
  }

  private void fill() {
    SessionId session = open();
    SessionId other = open();
    apply(request(null, 0, create("ns/a", 3, null)));
    apply(request(null, 0, create("ns/refilling", 3, new Refill(5, 1_000_000))));
    SemaphoreConfig numbered = new SemaphoreConfig(Kind.SEMAPHORE, 2, true, true, null, 60_000_000);
    apply(
        request(
            session, 1, new Operation.CreateSemaphore("ns/numbered", 2, numbered, IfExists.FAIL)));
    apply(request(session, 2, acquire(0, 50_000_000, part("ns/a", 2), part("ns/numbered", 1))));
    apply(request(session, 3, acquire(0, 0, part("ns/refilling", 2))));
    apply(request(session, 4, acquire(90_000_000, 0, part("ns/a", 3))));
    apply(request(session, 5, acquire(0, 0, part("ns/a", 3))));
    apply(
        request(
            session,
            6,
            new Operation.Release(List.of(new Operation.Signal("ns/a", 9)), List.of())));
    apply(request(session, 7, new Operation.Cancel(99)));
    apply(request(session, 8, new Operation.SetWill(1, List.of(new Operation.Signal("ns/a", 1)))));
    apply(
        request(
            session,
            9,
            new Operation.Release(List.of(new Operation.GiveBack(new GrantId(77, 7))), List.of())));
    apply(
        request(
            session,
            20,
            new Operation.ReleaseAndAcquire(
                new Operation.Release(
                    List.of(new Operation.GiveBack(new GrantId(78, 7))), List.of()),
                acquire(Operation.FOREVER, 0, part("ns/a", 3)))));
    apply(request(other, 1, acquire(0, 0, part("ns/numbered", 1))));
    apply(new Command.Acknowledge(session, 1, List.of(3L)));
    apply(new Command.EndSession(other, EndCause.EXPIRED));
  }

  private static Class<?>[] everyPiece() {
    return Image.class.getPermittedSubclasses();
  }

  private SessionId open() {
    List<Outcome> told = apply(new Command.OpenSession("client-ü", 15_000_000, 5, false));
    return ((Result.Opened) ((Outcome.Answer) told.get(0)).result()).session();
  }

  private List<Outcome> apply(Command command) {
    time += 1_000;
    return machine.apply(new Entry(time, time, -time, List.of(command)));
  }

  private static Command request(@Nullable SessionId session, long number, Operation operation) {
    return new Command.Request(session, number, operation);
  }

  private static Operation create(String name, int max, @Nullable Refill refill) {
    SemaphoreConfig config = new SemaphoreConfig(Kind.SEMAPHORE, max, false, false, refill, 0);
    return new Operation.CreateSemaphore(name, max, config, IfExists.OPEN);
  }

  private static Operation.Acquire acquire(long wait, long hold, Operation.Part... parts) {
    return new Operation.Acquire(List.of(parts), Operation.Mode.ALL_OF, wait, false, hold);
  }

  private static Operation.Part part(String name, int permits) {
    return new Operation.Part(name, permits);
  }

  private static List<Image> images(Machine of) {
    List<Image> images = new ArrayList<>();
    of.writeTo(images::add);
    return images;
  }

  private static byte[] write(Machine of) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    SnapshotCodec.write(of, bytes);
    return bytes.toByteArray();
  }

  private static Machine read(byte[] bytes) throws IOException {
    return SnapshotCodec.read(new ByteArrayInputStream(bytes));
  }
}
