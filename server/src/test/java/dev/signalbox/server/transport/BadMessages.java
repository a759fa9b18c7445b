package dev.signalbox.server.transport;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import dev.signalbox.server.Wire;
import dev.signalbox.v1.Acquire;
import dev.signalbox.v1.AcquirePart;
import dev.signalbox.v1.CreateSemaphore;
import dev.signalbox.v1.DeleteSemaphore;
import dev.signalbox.v1.Drain;
import dev.signalbox.v1.GiveBack;
import dev.signalbox.v1.ObjectKind;
import dev.signalbox.v1.OpenSemaphore;
import dev.signalbox.v1.Refill;
import dev.signalbox.v1.Release;
import dev.signalbox.v1.ReleaseItem;
import dev.signalbox.v1.RequestId;
import dev.signalbox.v1.ResetEvent;
import dev.signalbox.v1.SetWill;
import dev.signalbox.v1.Signal;
import dev.signalbox.v1.TakeCredit;
import dev.signalbox.v1.UpdateSemaphore;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Messages of the contract with one thing wrong in each. They refer to three semaphores: {@code
 * ns/plain} of max 4, {@code ns/numbered} and {@code ns/bucket}, which refills; to a mutex {@code
 * ns/mutex} and an event {@code ns/event}.
 */
final class BadMessages {
  static final ByteString SOME_ID = ByteString.copyFrom(new byte[16]);

  private static final List<String> NAMES =
      List.of("", "/a", "a/", "a//b", "a\u0000", "a\nb", "a\u007f", "é".repeat(128));
  private static final List<Duration> NO_DURATIONS =
      List.of(
          Duration.newBuilder().setSeconds(-1).build(),
          Duration.newBuilder().setNanos(-1).build(),
          Duration.newBuilder().setSeconds(5).setNanos(-1).build(),
          Duration.newBuilder().setSeconds(5).setNanos(1_000_000_000).build(),
          Duration.newBuilder().setSeconds(Long.MAX_VALUE).build(),
          Duration.newBuilder().setSeconds(Long.MIN_VALUE).build(),
          Duration.newBuilder().setSeconds(Long.MAX_VALUE / 1_000_000).build());
  private static final Duration ABOVE_A_YEAR = Duration.newBuilder().setSeconds(31_536_001).build();
  private static final List<ByteString> NO_IDS =
      List.of(ByteString.EMPTY, SOME_ID.substring(1), SOME_ID.concat(SOME_ID));

  private BadMessages() {}

  /** A message and the path of the field that is wrong. */
  record Bad<M>(String field, M message) {}

  static List<Bad<CreateSemaphore>> creates() {
    Table<CreateSemaphore> table = new Table<>();
    NAMES.forEach(name -> table.add("name", create().setName(name).build()));
    table.add("max_count", create().setMaxCount(0).build());
    table.add("max_count", create().setMaxCount(-1).build());
    table.add("max_count", create().setNumbered(true).setMaxCount(16_385).build());
    table.add("initial_count", create().setInitialCount(-1).build());
    table.add("initial_count", create().setInitialCount(5).build());
    table.add("if_exists", create().setIfExistsValue(99).build());
    table.add("kind", create().setKindValue(99).build());
    table.add("refill", create().setNumbered(true).setRefill(refill()).build());
    badRefills((field, refill) -> table.add(field, create().setRefill(refill).build()));
    badIdleTimes(ttl -> table.add("idle_ttl", create().setIdleTtl(ttl).build()));
    badMutexes(table);
    badEvents(table);
    return table.rows;
  }

  private static void badMutexes(Table<CreateSemaphore> table) {
    table.add("max_count", mutex().setMaxCount(2).build());
    table.add("max_count", mutex().setMaxCount(-1).build());
    table.add("initial_count", mutex().setInitialCount(0).build());
    table.add("initial_count", mutex().setInitialCount(2).build());
    table.add("refill", mutex().setRefill(refill()).build());
    table.add("manual_reset", mutex().setManualReset(true).build());
    table.add("manual_reset", create().setManualReset(true).build());
  }

  private static void badEvents(Table<CreateSemaphore> table) {
    table.add("max_count", event().setMaxCount(2).build());
    table.add("initial_count", event().setInitialCount(2).build());
    table.add("owner_only", event().setOwnerOnly(true).build());
    table.add("numbered", event().setNumbered(true).build());
    table.add("refill", event().setRefill(refill()).build());
  }

  static List<Bad<ResetEvent>> resets() {
    Table<ResetEvent> table = new Table<>();
    NAMES.forEach(name -> table.add("name", ResetEvent.newBuilder().setName(name).build()));
    return table.rows;
  }

  static List<Bad<OpenSemaphore>> opens() {
    Table<OpenSemaphore> table = new Table<>();
    NAMES.forEach(name -> table.add("name", OpenSemaphore.newBuilder().setName(name).build()));
    table.add("kind", OpenSemaphore.newBuilder().setName("ns/plain").setKindValue(-7).build());
    return table.rows;
  }

  static List<Bad<UpdateSemaphore>> updates() {
    Table<UpdateSemaphore> table = new Table<>();
    NAMES.forEach(name -> table.add("name", update("ns/plain").setName(name).build()));
    table.add("max_count", update("ns/plain").setMaxCount(-1).build());
    table.add("max_count", update("ns/plain").setMaxCount(Integer.MIN_VALUE).build());
    table.add("max_count", update("ns/numbered").setMaxCount(16_385).build());
    table.add("max_count", update("ns/mutex").setMaxCount(1).build());
    table.add("max_count", update("ns/event").setMaxCount(0).build());
    table.add("refill", update("ns/mutex").setRefill(refill()).build());
    table.add("refill", update("ns/event").setRefill(refill()).build());
    table.add("refill", update("ns/plain").setRefill(refill()).build());
    badRefills((field, refill) -> table.add(field, update("ns/bucket").setRefill(refill).build()));
    badIdleTimes(ttl -> table.add("idle_ttl", update("ns/plain").setIdleTtl(ttl).build()));
    return table.rows;
  }

  static List<Bad<DeleteSemaphore>> deletes() {
    Table<DeleteSemaphore> table = new Table<>();
    NAMES.forEach(name -> table.add("name", DeleteSemaphore.newBuilder().setName(name).build()));
    table.add("kind", DeleteSemaphore.newBuilder().setName("ns/plain").setKindValue(99).build());
    return table.rows;
  }

  static List<Bad<Acquire>> acquires() {
    Table<Acquire> table = new Table<>();
    table.add("parts", Acquire.getDefaultInstance());
    table.add("parts", parts(65));
    NAMES.forEach(name -> table.add("parts[0].semaphore", parts(part(name, 1))));
    table.add("parts[0].permits", parts(part("ns/plain", 0)));
    table.add("parts[0].permits", parts(part("ns/plain", -1)));
    table.add("parts[0].permits", parts(part("ns/plain", 5)));
    table.add("parts[1].permits", parts(part("ns/plain", 1), part("ns/bucket", 0)));
    table.add("parts[1].permits", parts(part("ns/plain", 1), part("ns/event", 2)));
    table.add("parts[0].permits", parts(part("ns/mutex", 2)));
    table.add("consume", parts(part("ns/mutex", 1)).toBuilder().setConsume(true).build());
    table.add("parts[1].semaphore", parts(part("ns/plain", 1), part("ns/plain", 1)));
    table.add("parts[1].semaphore", parts(part("ns/plain", 1), part("elsewhere/x", 1)));
    table.add("mode", plain().setModeValue(4).build());
    table.add("consume", parts(part("ns/numbered", 1)).toBuilder().setConsume(true).build());
    badDurations(time -> table.add("wait_at_most", plain().setWaitAtMost(time).build()));
    badDurations(time -> table.add("hold_at_most", plain().setHoldAtMost(time).build()));
    table.add("hold_at_most", plain().setHoldAtMost(Duration.getDefaultInstance()).build());
    table.add(
        "hold_at_most", plain().setHoldAtMost(Duration.newBuilder().setNanos(999_000)).build());
    return table.rows;
  }

  static List<Bad<Release>> releases() {
    Table<Release> table = new Table<>();
    table.add("items", Release.getDefaultInstance());
    table.add("items", manyItems());
    table.add("items[0].what", items(ReleaseItem.getDefaultInstance()));
    NAMES.forEach(name -> table.add("items[0].signal.semaphore", items(signal(name, 1))));
    table.add("items[0].signal.permits", items(signal("ns/plain", 0)));
    table.add("items[0].signal.permits", items(signal("missing", -1)));
    table.add("items[1].signal.permits", items(signal("ns/plain", 1), signal("ns/plain", 0)));
    table.add("items[1].signal.permits", items(signal("ns/plain", 1), signal("ns/event", 2)));
    table.add("items[1].signal.semaphore", items(signal("ns/plain", 1), signal("elsewhere/x", 1)));
    NO_IDS.forEach(
        id -> table.add("items[0].give_back.grant_id", items(back(part().setGrantId(id)))));
    NAMES.stream()
        .filter(name -> !name.isEmpty())
        .forEach(name ->
            table.add("items[0].give_back.semaphore", items(back(part().setSemaphore(name)))));
    table.add("items[0].give_back.semaphore", items(back(whole().setPermits(1))));
    table.add("items[0].give_back.semaphore", items(back(whole().addSlots(1))));
    table.add(
        "items[1].give_back.semaphore",
        items(signal("ns/plain", 1), back(part().setSemaphore("elsewhere/x"))));
    table.add("items[0].give_back.permits", items(back(part().setPermits(-1))));
    table.add("items[0].give_back.permits", items(back(part().setPermits(1).addSlots(0))));
    table.add("items[0].give_back.slots", items(back(part().addSlots(1).addSlots(1))));
    table.add("items[0].give_back.slots[0]", items(back(part().addSlots(-1))));
    table.add("items[0].give_back.slots[1]", items(back(part().addSlots(0).addSlots(16_384))));
    return table.rows;
  }

  static List<Bad<Drain>> drains() {
    Table<Drain> table = new Table<>();
    NAMES.forEach(name -> table.add("semaphore", Drain.newBuilder().setSemaphore(name).build()));
    table.add("consume", Drain.newBuilder().setSemaphore("ns/numbered").setConsume(true).build());
    table.add("consume", Drain.newBuilder().setSemaphore("ns/mutex").setConsume(true).build());
    return table.rows;
  }

  static List<Bad<TakeCredit>> credits() {
    Table<TakeCredit> table = new Table<>();
    TakeCredit good = TakeCredit.newBuilder().setSemaphore("ns/plain").setUpTo(1).build();
    NAMES.forEach(name -> table.add("semaphore", good.toBuilder().setSemaphore(name).build()));
    table.add("semaphore", good.toBuilder().setSemaphore("ns/numbered").build());
    table.add("up_to", good.toBuilder().setUpTo(0).build());
    table.add("up_to", good.toBuilder().setUpTo(-1).build());
    return table.rows;
  }

  static List<Bad<SetWill>> wills() {
    Table<SetWill> table = new Table<>();
    Signal good = Signal.newBuilder().setSemaphore("ns/plain").setPermits(1).build();
    table.add("will", SetWill.newBuilder().addSignals(good).build());
    table.add("will", SetWill.newBuilder().setWill(-1).addSignals(good).build());
    table.add("signals", SetWill.newBuilder().setWill(1).build());
    table.add("signals", SetWill.newBuilder().setWill(1).addAllSignals(copies(257, good)).build());
    NAMES.forEach(name ->
        table.add(
            "signals[0].semaphore",
            SetWill.newBuilder()
                .setWill(1)
                .addSignals(Signal.newBuilder().setSemaphore(name).setPermits(1))
                .build()));
    table.add(
        "signals[1].permits",
        SetWill.newBuilder()
            .setWill(1)
            .addSignals(good)
            .addSignals(Signal.newBuilder().setSemaphore("ns/plain"))
            .build());
    return table.rows;
  }

  static List<Bad<RequestId>> ids() {
    Table<RequestId> table = new Table<>();
    NO_IDS.forEach(id -> table.add("session_id", id().setSessionId(id).build()));
    table.add("number", id().setNumber(0).build());
    table.add("number", id().setNumber(-1).build());
    table.add("acknowledged_through", id().setAcknowledgedThrough(-1).build());
    return table.rows;
  }

  static List<ByteString> badIds() {
    return NO_IDS;
  }

  static List<String> badClientNames() {
    return List.of("a\u0000", "a\nb", "é".repeat(128));
  }

  static List<Duration> badLeases() {
    List<Duration> leases = new ArrayList<>(NO_DURATIONS);
    leases.add(Duration.getDefaultInstance());
    leases.add(Wire.millis(999));
    leases.add(Wire.millis(600_001));
    return leases;
  }

  static List<Duration> badTimesAfterBreak() {
    List<Duration> times = new ArrayList<>(NO_DURATIONS);
    times.add(Wire.millis(15_001));
    return times;
  }

  private static void badRefills(BiConsumer<String, Refill> sink) {
    sink.accept("refill.permits", refill().setPermits(0).build());
    sink.accept("refill.permits", refill().setPermits(-3).build());
    sink.accept("refill.period", refill().clearPeriod().build());
    sink.accept("refill.period", refill().setPeriod(Wire.millis(86_400_001)).build());
    sink.accept(
        "refill.period",
        refill().setPermits(Integer.MAX_VALUE).setPeriod(Wire.millis(86_400_000)).build());
    NO_DURATIONS.forEach(
        period -> sink.accept("refill.period", refill().setPeriod(period).build()));
  }

  private static void badIdleTimes(java.util.function.Consumer<Duration> sink) {
    badDurations(sink);
    sink.accept(Wire.millis(999));
  }

  private static void badDurations(java.util.function.Consumer<Duration> sink) {
    NO_DURATIONS.forEach(sink);
    sink.accept(ABOVE_A_YEAR);
  }

  private static CreateSemaphore.Builder create() {
    return CreateSemaphore.newBuilder().setName("ns/new").setMaxCount(4);
  }

  private static CreateSemaphore.Builder mutex() {
    return CreateSemaphore.newBuilder().setName("ns/new").setKind(ObjectKind.OBJECT_KIND_MUTEX);
  }

  private static CreateSemaphore.Builder event() {
    return CreateSemaphore.newBuilder().setName("ns/new").setKind(ObjectKind.OBJECT_KIND_EVENT);
  }

  private static UpdateSemaphore.Builder update(String name) {
    return UpdateSemaphore.newBuilder().setName(name);
  }

  private static Refill.Builder refill() {
    return Refill.newBuilder().setPermits(1).setPeriod(Wire.millis(1_000));
  }

  private static Acquire.Builder plain() {
    return Acquire.newBuilder().addParts(part("ns/plain", 1));
  }

  private static Acquire parts(AcquirePart... parts) {
    return Acquire.newBuilder().addAllParts(List.of(parts)).build();
  }

  private static Acquire parts(int size) {
    Acquire.Builder acquire = Acquire.newBuilder();
    for (int i = 0; i < size; i++) {
      acquire.addParts(part("ns/x" + i, 1));
    }
    return acquire.build();
  }

  private static AcquirePart part(String name, int permits) {
    return AcquirePart.newBuilder().setSemaphore(name).setPermits(permits).build();
  }

  private static Release items(ReleaseItem... items) {
    return Release.newBuilder().addAllItems(List.of(items)).build();
  }

  private static Release manyItems() {
    return Release.newBuilder().addAllItems(copies(257, signal("ns/plain", 1))).build();
  }

  private static ReleaseItem signal(String name, int permits) {
    return ReleaseItem.newBuilder()
        .setSignal(Signal.newBuilder().setSemaphore(name).setPermits(permits))
        .build();
  }

  private static ReleaseItem back(GiveBack.Builder giveBack) {
    return ReleaseItem.newBuilder().setGiveBack(giveBack).build();
  }

  private static GiveBack.Builder whole() {
    return GiveBack.newBuilder().setGrantId(SOME_ID);
  }

  private static GiveBack.Builder part() {
    return whole().setSemaphore("ns/plain");
  }

  private static RequestId.Builder id() {
    return RequestId.newBuilder().setSessionId(SOME_ID).setNumber(1);
  }

  private static <T> List<T> copies(int times, T value) {
    return java.util.Collections.nCopies(times, value);
  }

  private static final class Table<M> {
    private final List<Bad<M>> rows = new ArrayList<>();

    void add(String field, M message) {
      rows.add(new Bad<>(field, message));
    }
  }
}
