package dev.signalbox.server.core;

import static dev.signalbox.server.core.Scenario.AT_ONCE;
import static dev.signalbox.server.core.Scenario.allOf;
import static dev.signalbox.server.core.Scenario.part;
import static dev.signalbox.server.core.Scenario.release;
import static dev.signalbox.server.core.Scenario.signal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.signalbox.server.Rule;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every field that can be judged without state, just outside and just inside its range. */
class FieldChecksTest {
  private static final GrantId GRANT = new GrantId(1, 1);
  private static final SessionId SESSION = new SessionId(1, 1);
  private static final long DAY = 86_400_000_000L;

  @ParameterizedTest
  @ValueSource(
      strings = {"", "/", "/a", "a/", "a//b", "a\nb", "a\u007f", "a\u0085", "\ud800", "\udc00a"})
  @Rule("O3")
  void name_thatIsMalformed_isRefused(String name) {
    assertInvalid("name", () -> new Operation.OpenSemaphore(name, Kind.SEMAPHORE));
  }

  @Test
  @Rule("O3")
  void name_isMeasuredInBytesOfUtf8() {
    for (String letter : List.of("a", "é", "語", "😀")) {
      int bytes = letter.getBytes(StandardCharsets.UTF_8).length;
      String longest = letter.repeat(255 / bytes);
      assertThatCode(() -> new Operation.DeleteSemaphore(longest, false))
          .doesNotThrowAnyException();
      assertInvalid("name", () -> new Operation.DeleteSemaphore(longest + letter, false));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "payments/ledger-db", "a b", "ä/ö/ü", "😀"})
  @Rule("O3")
  void name_ofAnyOtherText_isFine(String name) {
    assertThatCode(() -> new Operation.Drain(name, false)).doesNotThrowAnyException();
  }

  static Stream<Arguments> invalidObjects() {
    return Stream.of(
        invalid("max_count", () -> create(0, config(-1, false, null, 0))),
        invalid("max_count", () -> create(0, config(0, false, null, 0))),
        invalid("initial_count", () -> create(-1, config(1, false, null, 0))),
        invalid("initial_count", () -> create(2, config(1, false, null, 0))),
        invalid("max_count", () -> create(0, config(16_385, true, null, 0))),
        invalid("refill", () -> create(0, config(1, true, new Refill(1, 1000), 0))),
        invalid("idle_ttl", () -> create(0, config(1, false, null, -1))),
        invalid("idle_ttl", () -> create(0, config(1, false, null, 999_999))),
        invalid("idle_ttl", () -> create(0, config(1, false, null, 365 * DAY + 1))),
        invalid("refill.permits", () -> new Refill(0, 1000)),
        invalid("refill.period", () -> new Refill(1, 999)),
        invalid("refill.period", () -> new Refill(1, DAY + 1)),
        invalid("refill.period", () -> new Refill(Integer.MAX_VALUE, DAY)),
        invalid("name", () -> new Operation.UpdateSemaphore("", 1, null, -1)),
        invalid("max_count", () -> new Operation.UpdateSemaphore("s", -2, null, -1)),
        invalid("idle_ttl", () -> new Operation.UpdateSemaphore("s", -1, null, -2)),
        invalid("idle_ttl", () -> new Operation.UpdateSemaphore("s", -1, null, 1)),
        invalid("name", () -> new Operation.DeleteSemaphore("", false)),
        invalid("semaphore", () -> new Operation.Drain("", false)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("invalidObjects")
  @Rule({"O1", "O3", "O6", "Q1"})
  void fieldOfASemaphore_outOfItsRange_isRefusedByName(String field, ThrowingCallable making) {
    assertInvalid(field, making);
  }

  static Stream<Arguments> invalidAcquires() {
    return Stream.of(
        invalid("parts", () -> allOf(AT_ONCE)),
        invalid("parts", () -> allOf(AT_ONCE, parts(65))),
        invalid("parts[0].permits", () -> allOf(AT_ONCE, part("s", 0))),
        invalid("parts[1].permits", () -> allOf(AT_ONCE, part("s", 1), part("t", -1))),
        invalid("parts[1].semaphore", () -> allOf(AT_ONCE, part("s", 1), part("", 1))),
        invalid("parts[1].semaphore", () -> allOf(AT_ONCE, part("s", 1), part("s", 1))),
        invalid("parts[1].semaphore", () -> allOf(AT_ONCE, part("s", 1), part("n/s", 1))),
        invalid("parts[1].semaphore", () -> allOf(AT_ONCE, part("n/s", 1), part("m/s", 1))),
        invalid("wait_at_most", () -> allOf(-2, part("s", 1))),
        invalid("wait_at_most", () -> allOf(365 * DAY + 1, part("s", 1))),
        invalid("hold_at_most", () -> Scenario.heldFor(-1, part("s", 1))),
        invalid("hold_at_most", () -> Scenario.heldFor(999, part("s", 1))),
        invalid("hold_at_most", () -> Scenario.heldFor(365 * DAY + 1, part("s", 1))),
        invalid(
            "parts[0].semaphore",
            () ->
                new Operation.ReleaseAndAcquire(
                    release(signal("n/s", 1)), allOf(AT_ONCE, part("m/s", 1)))),
        invalid("number", () -> new Operation.Cancel(0)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("invalidAcquires")
  @Rule({"A1", "A2", "A4", "A6", "A10", "O3"})
  void fieldOfAnAcquire_outOfItsRange_isRefusedByItsPath(String field, ThrowingCallable making) {
    assertInvalid(field, making);
  }

  static Stream<Arguments> invalidReleases() {
    List<Operation.Item> tooMany = Collections.nCopies(257, signal("s", 1));
    List<Operation.Signal> tooManySignals = Collections.nCopies(257, signal("s", 1));
    return Stream.of(
        invalid("items", () -> release()),
        invalid("items", () -> new Operation.Release(tooMany, List.of())),
        invalid("items[0].signal.permits", () -> release(signal("missing", 0))),
        invalid("items[1].signal.semaphore", () -> release(signal("s", 1), signal("a//b", 1))),
        invalid("items[1].signal.semaphore", () -> release(signal("s", 1), signal("n/s", 1))),
        invalid("items[0].give_back.semaphore", () -> release(giveBack(null, 1))),
        invalid("items[0].give_back.semaphore", () -> release(giveBack(null, 0, 3))),
        invalid("items[0].give_back.semaphore", () -> release(giveBack("", 1))),
        invalid("items[1].give_back.semaphore", () -> release(signal("s", 1), giveBack("n/s", 1))),
        invalid("items[0].give_back.permits", () -> release(giveBack("s", -1))),
        invalid("items[0].give_back.permits", () -> release(giveBack("s", 1, 3))),
        invalid("items[0].give_back.slots", () -> release(giveBack("s", 0, 3, 4, 3))),
        invalid("will", () -> will(0, List.of(signal("s", 1)))),
        invalid("signals", () -> will(1, List.of())),
        invalid("signals", () -> will(1, tooManySignals)),
        invalid("signals[0].permits", () -> will(1, List.of(signal("s", 0)))),
        invalid("signals[0].semaphore", () -> will(1, List.of(signal("", 1)))),
        invalid("signals[1].semaphore", () -> will(1, List.of(signal("s", 1), signal("n/s", 1)))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("invalidReleases")
  @Rule({"R1", "R3", "R4", "L8", "O3"})
  void fieldOfARelease_outOfItsRange_isRefusedByItsPath(String field, ThrowingCallable making) {
    assertInvalid(field, making);
  }

  static Stream<Arguments> invalidCommands() {
    return Stream.of(
        invalid("client_name", () -> open("", 15_000_000, -1)),
        invalid("client_name", () -> open("a\tb", 15_000_000, -1)),
        invalid("client_name", () -> open("a".repeat(256), 15_000_000, -1)),
        invalid("lease", () -> open("a", 999_999, -1)),
        invalid("lease", () -> open("a", 600_000_001, -1)),
        invalid("end_after_break", () -> open("a", 1_000_000, -2)),
        invalid("end_after_break", () -> open("a", 1_000_000, 1_000_001)),
        invalid("number", () -> request(SESSION, -1, new Operation.ClearWill(1))),
        invalid("number", () -> request(null, 1, release(signal("s", 1)))),
        invalid("session_id", () -> request(null, 0, allOf(AT_ONCE, part("s", 1)))),
        invalid("session_id", () -> request(null, 0, consumingWithin(1, part("s", 1)))),
        invalid("session_id", () -> request(null, 0, swap())),
        invalid("session_id", () -> request(null, 0, new Operation.Drain("s", false))),
        invalid("session_id", () -> request(null, 0, new Operation.Cancel(1))),
        invalid("session_id", () -> request(null, 0, will(1, List.of(signal("s", 1))))),
        invalid("session_id", () -> request(null, 0, new Operation.ClearWill(1))),
        invalid(
            "session_id",
            () -> request(null, 0, new Operation.Release(List.of(signal("s", 1)), List.of(1L)))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("invalidCommands")
  @Rule({"L1", "L9", "E1"})
  void fieldOfACommand_outOfItsRange_isRefusedByName(String field, ThrowingCallable making) {
    assertInvalid(field, making);
  }

  @Test
  @Rule("Q3")
  void everyLimit_mustBeAtLeastOne() {
    assertInvalid("sessions", () -> new Limits(0, 1, 1, 1, 1, 1));
    assertInvalid("semaphores", () -> new Limits(1, 0, 1, 1, 1, 1));
    assertInvalid("grants_per_session", () -> new Limits(1, 1, 0, 1, 1, 1));
    assertInvalid("outstanding_per_session", () -> new Limits(1, 1, 1, 0, 1, 1));
    assertInvalid("waiters", () -> new Limits(1, 1, 1, 1, 0, 1));
    assertInvalid("wills_per_session", () -> new Limits(1, 1, 1, 1, 1, 0));
  }

  static Stream<ThrowingCallable> extremes() {
    return Stream.of(
        () -> create(0, config(1, false, null, 1_000_000)),
        () -> create(Integer.MAX_VALUE, config(Integer.MAX_VALUE, false, null, 365 * DAY)),
        () -> create(16_384, config(16_384, true, null, 0)),
        () -> new Refill(1, 1000),
        () -> new Refill((int) ((1L << 62) / DAY), DAY),
        () -> new Refill(Integer.MAX_VALUE, 1000),
        () -> new Operation.UpdateSemaphore("s", 0, null, 0),
        () -> allOf(Operation.FOREVER, parts(64)),
        () -> allOf(365 * DAY, part("n/s", Integer.MAX_VALUE), part("n/t/u", 1)),
        () -> Scenario.heldFor(1000, part("s", 1)),
        () -> Scenario.heldFor(365 * DAY, part("s", 1)),
        () -> new Operation.Release(Collections.nCopies(256, signal("s", 1)), List.of()),
        () -> release(giveBack("s", 0, 3, 4)),
        () -> will(1, Collections.nCopies(256, signal("s", 1))),
        () -> open("a".repeat(255), 1_000_000, 0),
        () -> open("a", 600_000_000, 600_000_000),
        () -> request(SESSION, Long.MAX_VALUE, swap()),
        () -> request(null, 0, release(signal("s", 1))));
  }

  @ParameterizedTest
  @MethodSource("extremes")
  @Rule({"O1", "A1", "A2", "A10", "R1", "L1", "Q1"})
  void extremeOfARange_isInside(ThrowingCallable making) {
    assertThatCode(making).doesNotThrowAnyException();
  }

  private static Arguments invalid(String field, ThrowingCallable making) {
    return arguments(field, making);
  }

  private static void assertInvalid(String field, ThrowingCallable making) {
    assertThatExceptionOfType(InvalidField.class)
        .isThrownBy(making)
        .satisfies(invalid -> {
          assertThat(invalid.field()).isEqualTo(field);
          assertThat(invalid.why()).isNotBlank();
        });
  }

  private static Operation create(int initial, SemaphoreConfig config) {
    return Scenario.creation("s", initial, config, IfExists.OPEN);
  }

  private static SemaphoreConfig config(
      int max, boolean numbered, @Nullable Refill refill, long idleTtl) {
    return new SemaphoreConfig(Kind.SEMAPHORE, max, false, numbered, refill, idleTtl);
  }

  private static Operation.Part[] parts(int count) {
    return IntStream.range(0, count).mapToObj(i -> part("s" + i, 1)).toArray(Operation.Part[]::new);
  }

  private static Operation.GiveBack giveBack(
      @Nullable String semaphore, int permits, Integer... slots) {
    return new Operation.GiveBack(GRANT, semaphore, permits, List.of(slots));
  }

  private static Operation.SetWill will(long number, List<Operation.Signal> signals) {
    return new Operation.SetWill(number, signals);
  }

  private static Operation swap() {
    return new Operation.ReleaseAndAcquire(release(signal("s", 1)), allOf(AT_ONCE, part("t", 1)));
  }

  private static Command open(String name, long lease, long endAfterBreak) {
    return new Command.OpenSession(name, lease, endAfterBreak, false);
  }

  private static Operation consumingWithin(long micros, Operation.Part... parts) {
    return new Operation.Acquire(List.of(parts), Operation.Mode.ALL_OF, micros, true, 0);
  }

  private static Command request(@Nullable SessionId session, long number, Operation operation) {
    return new Command.Request(session, number, operation);
  }
}
