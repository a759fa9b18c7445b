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
  /** Of version 1. Every later version can read it, too. */
  private static final String VERSION_ONE =
      "53425853000000010000000e02f0b77a02020000020406080a0c0000001a"
          + "040239fd0b3235a8d5320c676f6c64656e8087a70e0100000000000000130602"
          + "086e732f61000600000000060000000000000000010e0000000000000000248f8b63";

  /** Of version 2. */
  private static final String VERSION_TWO =
      "53425853000000020000000e02e0e37b0608060614283c5064780000003e040239fd0b32"
          + "35a8d5320c676f6c64656e8087a70e0a000004020601047675e6707810faf9a0a57b0200"
          + "106e732f6d757465780200020004010004100200000000150602086e732f610006000000"
          + "000006000000000000000000190604106e732f6576656e74040200000100000000000000"
          + "00000000001b0606106e732f6d7574657802020101000000000000000204000202000000"
          + "1a0608106e732f6f746865720202010100000002000000020201000000002608047675e6"
          + "707810faf902a0a57bfeffffffffffffffff0102106e732f6d7574657802020004000000"
          + "0b0c024af585d15d75a313020000000b0c06bbf93600105e65e402000000010e00000000"
          + "000000000a12ad64";

  /** Of version 3. To change the format is to make a version 4 that can read this one, too. */
  private static final String VERSION_THREE =
      "53425853000000030000000e02a0a27c06080a0c14283c5064780000007b040239fd0b32"
          + "35a8d5320c676f6c64656e8087a70e0a00000c020601047675e6707810faf9a0a57b0200"
          + "106e732f6d757465780200020004010004100206060108c9d1db850f80c72fb0f37b0200"
          + "086e732f610200000000080802000a0c000c06010a680afc2257b4228ea0a27c0200086e"
          + "732f61020000000000000000160602086e732f6100060000000000020000000000020200"
          + "0000190604106e732f6576656e7404020000010000000000000000000000001b0606106e"
          + "732f6d75746578020201010000000000000002040002020000001a0608106e732f6f7468"
          + "65720202010100000002000000020201000000002708047675e6707810faf902a0a57bfe"
          + "ffffffffffffffff0102106e732f6d757465780202000400000000210808c9d1db850f80"
          + "c72f02b0f37bfeffffffffffffffff0102086e732f6102000400000021080a680afc2257"
          + "b4228e02a0a27cfeffffffffffffffff0102086e732f610200020000000b0c024af585d1"
          + "5d75a313020000000b0c06bbf93600105e65e402000000010e0000000000000000af29b8"
          + "8c";

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
  void versionOne_isStillRead() throws IOException {
    apply(new Command.Configure(new Limits(1, 2, 3, 4, 5, 6)));
    apply(new Command.OpenSession("golden", 15_000_000, -1, false));
    apply(request(null, 0, create("ns/a", 3, null)));

    assertThat(images(read(HexFormat.of().parseHex(VERSION_ONE)))).isEqualTo(images(machine));
  }

  @Test
  void versionTwo_isStillRead() throws IOException {
    fillForGold();

    assertThat(images(read(HexFormat.of().parseHex(VERSION_TWO)))).isEqualTo(images(machine));
  }

  @Test
  void format_isTheOneThatWasWrittenBefore() throws IOException {
    SessionId golden = fillForGold();
    apply(request(golden, 3, new Operation.TakeCredit("ns/a", 1)));
    apply(request(golden, 4, acquire(Operation.FOREVER, 0, part("ns/a", 3))));
    apply(request(golden, 5, new Operation.Cancel(4)));
    apply(request(golden, 6, new Operation.TakeCredit("ns/a", 1)));

    assertThat(HexFormat.of().formatHex(write(machine))).isEqualTo(VERSION_THREE);
  }

  private SessionId fillForGold() {
    apply(new Command.Configure(new Limits(10, 20, 30, 40, 50, 60)));
    SessionId golden = session("golden");
    apply(request(null, 0, create("ns/a", 3, null)));
    apply(request(null, 0, createOfOne("ns/event", Kind.EVENT)));
    apply(request(null, 0, createOfOne("ns/mutex", Kind.MUTEX)));
    apply(request(null, 0, createOfOne("ns/other", Kind.MUTEX)));
    abandon("ns/mutex");
    apply(request(golden, 1, acquire(0, 0, part("ns/mutex", 1))));
    apply(request(golden, 2, new Operation.ResetEvent("ns/event")));
    abandon("ns/other");
    return golden;
  }

  private void abandon(String mutex) {
    SessionId owner = session("owner");
    apply(request(owner, 1, acquire(0, 0, part(mutex, 1))));
    apply(new Command.EndSession(owner, EndCause.EXPIRED));
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
    apply(request(session, 21, createOfOne("ns/event", Kind.EVENT)));
    apply(request(session, 22, new Operation.ResetEvent("ns/event")));
    apply(request(session, 23, createOfOne("ns/mutex", Kind.MUTEX)));
    abandon("ns/mutex");
    apply(request(session, 24, acquire(0, 0, part("ns/mutex", 1))));
    apply(request(session, 25, createOfOne("ns/other", Kind.MUTEX)));
    abandon("ns/other");
    apply(new Command.Acknowledge(session, 1, List.of(3L)));
    apply(new Command.EndSession(other, EndCause.EXPIRED));
  }

  private static Class<?>[] everyPiece() {
    return Image.class.getPermittedSubclasses();
  }

  private SessionId open() {
    return session("client-ü");
  }

  private SessionId session(String name) {
    List<Outcome> told = apply(new Command.OpenSession(name, 15_000_000, 5, false));
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

  private static Operation createOfOne(String name, Kind kind) {
    boolean manualReset = kind == Kind.EVENT;
    SemaphoreConfig config = new SemaphoreConfig(kind, 1, false, false, manualReset, null, 0);
    return new Operation.CreateSemaphore(name, 1, config, IfExists.OPEN);
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
