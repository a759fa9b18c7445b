package dev.signalbox.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.rpc.Code;
import dev.signalbox.server.RawStream;
import dev.signalbox.server.Rule;
import dev.signalbox.server.TestServer;
import dev.signalbox.server.Wire;
import dev.signalbox.server.WireError;
import dev.signalbox.server.transport.BadMessages.Bad;
import dev.signalbox.v1.AcquireRequest;
import dev.signalbox.v1.AddNodesRequest;
import dev.signalbox.v1.Cancel;
import dev.signalbox.v1.ClientFrame;
import dev.signalbox.v1.CloseSessionRequest;
import dev.signalbox.v1.ClusterServiceGrpc;
import dev.signalbox.v1.CreateSemaphore;
import dev.signalbox.v1.CreateSemaphoreRequest;
import dev.signalbox.v1.DeleteSemaphore;
import dev.signalbox.v1.DeleteSemaphoreRequest;
import dev.signalbox.v1.GetSemaphoreRequest;
import dev.signalbox.v1.ListSemaphoresRequest;
import dev.signalbox.v1.ListSessionsRequest;
import dev.signalbox.v1.Node;
import dev.signalbox.v1.ObjectKind;
import dev.signalbox.v1.Open;
import dev.signalbox.v1.Refill;
import dev.signalbox.v1.ReleaseAndAcquire;
import dev.signalbox.v1.ReleaseRequest;
import dev.signalbox.v1.RemoveNodeRequest;
import dev.signalbox.v1.RenewRequest;
import dev.signalbox.v1.Request;
import dev.signalbox.v1.RequestId;
import dev.signalbox.v1.ResetEvent;
import dev.signalbox.v1.ResetEventRequest;
import dev.signalbox.v1.Semaphore;
import dev.signalbox.v1.SemaphoreServiceGrpc;
import dev.signalbox.v1.Session;
import dev.signalbox.v1.TransferLeadershipRequest;
import dev.signalbox.v1.UpdateSemaphore;
import dev.signalbox.v1.UpdateSemaphoreRequest;
import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import io.grpc.stub.ClientCalls;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every field of every request, malformed and out of range: INVALID_ARGUMENT, and its name. */
@Rule({"O1", "O3", "A1", "R1"})
class InvalidFieldTest {
  /** Fields whose every value is fine, or whose bad values break the protocol of the stream. */
  private static final Set<String> WITHOUT_BAD_VALUES =
      Set.of(
          "Request.number",
          "Request.clear_will.will",
          "Request.release.fulfilled_wills",
          "Request.release_and_acquire.release.fulfilled_wills",
          "ReleaseRequest.release.fulfilled_wills");

  private final TestServer server = TestServer.start();
  private final RawStream stream = RawStream.open(server.channel());

  @BeforeEach
  void semaphores() {
    stream.ask(
        Wire.create(1, "ns/plain", 4),
        create(2, CreateSemaphore.newBuilder().setName("ns/numbered").setNumbered(true)),
        create(
            3,
            CreateSemaphore.newBuilder()
                .setName("ns/bucket")
                .setRefill(Refill.newBuilder().setPermits(1).setPeriod(Wire.millis(1_000)))),
        ofOne(4, "ns/mutex", ObjectKind.OBJECT_KIND_MUTEX),
        ofOne(5, "ns/event", ObjectKind.OBJECT_KIND_EVENT),
        Wire.acquire(6, "ns/plain"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void request_withABadField_isRefusedWithItsPath_andChangesNothing() {
    List<Semaphore> before = semaphoresNow();
    long number = 10;
    for (Bad<Request.Builder> bad : badRequests()) {
      Request request = bad.message().setNumber(++number).build();
      WireError error = WireError.of(stream.ask(request).getError());
      assertInvalid(error, bad.field(), request);
    }
    assertThat(semaphoresNow()).isEqualTo(before);
  }

  @Test
  void invalidRequest_doesNotHarmTheOthersOfItsFrame() {
    Request bad = Wire.acquire(8, "");
    stream.send(Wire.signal(7, "ns/plain", 1), bad, Wire.acquire(9, "ns/plain"));

    assertThat(stream.reply(7).hasRelease()).isTrue();
    assertThat(stream.reply(8).hasError()).isTrue();
    assertThat(stream.reply(9).getAcquire().hasGrant()).isTrue();
  }

  @Test
  void open_withABadField_endsTheStreamWithItsPath_andOpensNothing() {
    List<Session> before = server.sessions();
    for (Bad<Open> bad : badOpens()) {
      RawStream refused = RawStream.connect(server.channel());
      refused.send(ClientFrame.newBuilder().setOpen(bad.message()));
      assertInvalid(WireError.of(refused.awaitError()), "open." + bad.field(), bad.message());
    }
    assertThat(server.sessions()).isEqualTo(before);
  }

  @Test
  void unaryCall_withABadField_isRefusedWithItsPath_andChangesNothing() {
    List<Semaphore> before = semaphoresNow();
    List<Session> sessions = server.sessions();
    for (Bad<Message> bad : badCalls()) {
      WireError error = WireError.of(() -> call(bad.message()));
      assertInvalid(error, bad.field(), bad.message());
    }
    assertThat(semaphoresNow()).isEqualTo(before);
    assertThat(server.sessions()).isEqualTo(sessions);
  }

  @Test
  void everyFieldOfEveryRequest_isInTheTables() {
    Set<String> missing = new TreeSet<>();
    collect("Request", Request.getDescriptor(), missing);
    collect("Open", Open.getDescriptor(), missing);
    unaryMethods().forEach(method -> collect(input(method).getName(), input(method), missing));
    missing.removeAll(WITHOUT_BAD_VALUES);
    badRequests().forEach(bad -> missing.remove("Request." + plain(bad.field())));
    badCalls().forEach(bad -> missing.remove(typeOf(bad) + "." + plain(bad.field())));

    assertThat(missing).isEmpty();
  }

  private static List<Bad<Request.Builder>> badRequests() {
    List<Bad<Request.Builder>> bad = new ArrayList<>();
    bad.add(new Bad<>("operation", request()));
    bad.add(new Bad<>("cancel.number", request().setCancel(Cancel.getDefaultInstance())));
    bad.add(new Bad<>("cancel.number", request().setCancel(Cancel.newBuilder().setNumber(-1))));
    wrap(bad, "create", BadMessages.creates(), m -> request().setCreate(m));
    wrap(bad, "open", BadMessages.opens(), m -> request().setOpen(m));
    wrap(bad, "update", BadMessages.updates(), m -> request().setUpdate(m));
    wrap(bad, "delete", BadMessages.deletes(), m -> request().setDelete(m));
    wrap(bad, "acquire", BadMessages.acquires(), m -> request().setAcquire(m));
    wrap(bad, "release", BadMessages.releases(), m -> request().setRelease(m));
    wrap(bad, "drain", BadMessages.drains(), m -> request().setDrain(m));
    wrap(bad, "take_credit", BadMessages.credits(), m -> request().setTakeCredit(m));
    wrap(bad, "reset_event", BadMessages.resets(), m -> request().setResetEvent(m));
    wrap(bad, "set_will", BadMessages.wills(), m -> request().setSetWill(m));
    wrap(
        bad,
        "release_and_acquire.acquire",
        BadMessages.acquires(),
        m ->
            request()
                .setReleaseAndAcquire(
                    ReleaseAndAcquire.newBuilder()
                        .setRelease(Wire.signal("ns/plain", 1))
                        .setAcquire(m)));
    wrap(
        bad,
        "release_and_acquire.release",
        BadMessages.releases(),
        m ->
            request()
                .setReleaseAndAcquire(
                    ReleaseAndAcquire.newBuilder().setRelease(m).setAcquire(Wire.one("ns/plain"))));
    return bad;
  }

  private static List<Bad<Open>> badOpens() {
    List<Bad<Open>> bad = new ArrayList<>();
    Open good = Open.newBuilder().setClientName("x").build();
    bad.add(new Bad<>("client_name", Open.getDefaultInstance()));
    for (String name : BadMessages.badClientNames()) {
      bad.add(new Bad<>("client_name", good.toBuilder().setClientName(name).build()));
    }
    for (Duration lease : BadMessages.badLeases()) {
      bad.add(new Bad<>("lease", good.toBuilder().setLease(lease).build()));
    }
    for (Duration time : BadMessages.badTimesAfterBreak()) {
      bad.add(new Bad<>("end_after_break", good.toBuilder().setEndAfterBreak(time).build()));
    }
    return bad;
  }

  private static List<Bad<Message>> badCalls() {
    List<Bad<Message>> bad = new ArrayList<>();
    badOpens().forEach(open -> bad.add(new Bad<>(open.field(), open.message())));
    badOperations(bad);
    badIds(bad);
    badReads(bad);
    badSessionCalls(bad);
    badClusterCalls(bad);
    return bad;
  }

  private static void badOperations(List<Bad<Message>> bad) {
    wrap(bad, "semaphore", BadMessages.creates(), m -> created().setSemaphore(m).build());
    wrap(bad, "update", BadMessages.updates(), m -> updated().setUpdate(m).build());
    wrap(bad, "delete", BadMessages.deletes(), m -> deleted().setDelete(m).build());
    wrap(bad, "acquire", BadMessages.acquires(), m -> acquired().setAcquire(m).build());
    wrap(bad, "release", BadMessages.releases(), m -> released().setRelease(m).build());
    wrap(bad, "reset", BadMessages.resets(), m -> reset().setReset(m).build());
    for (Duration lease : BadMessages.badLeases()) {
      bad.add(new Bad<>("lease", acquired().setLease(lease).build()));
    }
    for (String name : BadMessages.badClientNames()) {
      bad.add(new Bad<>("client_name", acquired().setClientName(name).build()));
    }
    bad.add(
        new Bad<>(
            "id",
            ReleaseRequest.newBuilder()
                .setRelease(Wire.signal("ns/plain", 1).toBuilder().addFulfilledWills(1))
                .build()));
  }

  private static void badIds(List<Bad<Message>> bad) {
    for (Bad<RequestId> id : BadMessages.ids()) {
      String field = "id." + id.field();
      bad.add(new Bad<>(field, created().setId(id.message()).build()));
      bad.add(new Bad<>(field, updated().setId(id.message()).build()));
      bad.add(new Bad<>(field, deleted().setId(id.message()).build()));
      bad.add(new Bad<>(field, acquired().setId(id.message()).build()));
      bad.add(new Bad<>(field, released().setId(id.message()).build()));
      bad.add(new Bad<>(field, reset().setId(id.message()).build()));
    }
  }

  private static void badReads(List<Bad<Message>> bad) {
    GetSemaphoreRequest get = GetSemaphoreRequest.newBuilder().setName("ns/plain").build();
    bad.add(new Bad<>("name", GetSemaphoreRequest.getDefaultInstance()));
    bad.add(new Bad<>("max_holders", get.toBuilder().setMaxHolders(-1).build()));
    bad.add(new Bad<>("max_holders", get.toBuilder().setMaxHolders(1_001).build()));
    for (String prefix : BadMessages.badClientNames()) {
      bad.add(new Bad<>("prefix", list().setPrefix(prefix).build()));
    }
    for (int size : new int[] {-1, 1_001}) {
      bad.add(new Bad<>("page_size", list().setPageSize(size).build()));
      bad.add(new Bad<>("page_size", ListSessionsRequest.newBuilder().setPageSize(size).build()));
    }
    String ofOthers = new PageToken("semaphores:other").after("a");
    for (String token : List.of("?", "AAAA", "AAAAAAAAAA", ofOthers)) {
      bad.add(new Bad<>("page_token", list().setPageToken(token).build()));
      bad.add(
          new Bad<>("page_token", ListSessionsRequest.newBuilder().setPageToken(token).build()));
    }
  }

  private static void badSessionCalls(List<Bad<Message>> bad) {
    for (ByteString id : BadMessages.badIds()) {
      bad.add(new Bad<>("session_id", RenewRequest.newBuilder().setSessionId(id).build()));
      bad.add(new Bad<>("grant_id", RenewRequest.newBuilder().setGrantId(id).build()));
      bad.add(new Bad<>("session_id", CloseSessionRequest.newBuilder().setSessionId(id).build()));
    }
    bad.add(new Bad<>("what", RenewRequest.getDefaultInstance()));
    bad.add(new Bad<>("which", CloseSessionRequest.getDefaultInstance()));
    bad.add(
        new Bad<>("session_number", CloseSessionRequest.newBuilder().setSessionNumber(0).build()));
    bad.add(
        new Bad<>("session_number", CloseSessionRequest.newBuilder().setSessionNumber(-1).build()));
  }

  private static void badClusterCalls(List<Bad<Message>> bad) {
    Node good =
        Node.newBuilder().setId("n2").setPeerAddress("b:7601").setClientAddress("b:7600").build();
    AddNodesRequest one = AddNodesRequest.newBuilder().addNodes(good).build();
    bad.add(new Bad<>("nodes", AddNodesRequest.getDefaultInstance()));
    bad.add(new Bad<>("nodes[1].id", one.toBuilder().addNodes(good).build()));
    for (String id : List.of("", "a b", "a=b", "é", "a".repeat(65))) {
      bad.add(new Bad<>("nodes[0].id", adding(good.toBuilder().setId(id))));
    }
    for (String address : List.of("", "b", "b:", ":1", "b:0", "b:65536", "b c:1", "a/b:1")) {
      bad.add(new Bad<>("nodes[0].peer_address", adding(good.toBuilder().setPeerAddress(address))));
      bad.add(
          new Bad<>("nodes[0].client_address", adding(good.toBuilder().setClientAddress(address))));
    }
    bad.add(new Bad<>("id", RemoveNodeRequest.getDefaultInstance()));
    bad.add(new Bad<>("id", RemoveNodeRequest.newBuilder().setId("a b").build()));
    bad.add(new Bad<>("id", TransferLeadershipRequest.newBuilder().setId("a b").build()));
  }

  private static AddNodesRequest adding(Node.Builder node) {
    return AddNodesRequest.newBuilder().addNodes(node).build();
  }

  private static <M, W> void wrap(
      List<Bad<W>> into, String field, List<Bad<M>> rows, Function<M, W> wrapper) {
    rows.forEach(
        row -> into.add(new Bad<>(field + "." + row.field(), wrapper.apply(row.message()))));
  }

  private static CreateSemaphoreRequest.Builder created() {
    return CreateSemaphoreRequest.newBuilder()
        .setSemaphore(CreateSemaphore.newBuilder().setName("ns/new").setMaxCount(1));
  }

  private static UpdateSemaphoreRequest.Builder updated() {
    return UpdateSemaphoreRequest.newBuilder()
        .setUpdate(UpdateSemaphore.newBuilder().setName("ns/plain").setMaxCount(9));
  }

  private static DeleteSemaphoreRequest.Builder deleted() {
    return DeleteSemaphoreRequest.newBuilder()
        .setDelete(DeleteSemaphore.newBuilder().setName("ns/plain").setForce(true));
  }

  private static AcquireRequest.Builder acquired() {
    return AcquireRequest.newBuilder().setAcquire(Wire.one("ns/plain"));
  }

  private static ReleaseRequest.Builder released() {
    return ReleaseRequest.newBuilder().setRelease(Wire.signal("ns/plain", 1));
  }

  private static ResetEventRequest.Builder reset() {
    return ResetEventRequest.newBuilder().setReset(ResetEvent.newBuilder().setName("ns/event"));
  }

  private static ListSemaphoresRequest.Builder list() {
    return ListSemaphoresRequest.newBuilder();
  }

  private static Request.Builder request() {
    return Request.newBuilder();
  }

  private static Request ofOne(long number, String name, ObjectKind kind) {
    CreateSemaphore create = CreateSemaphore.newBuilder().setName(name).setKind(kind).build();
    return Request.newBuilder().setNumber(number).setCreate(create).build();
  }

  private static Request create(long number, CreateSemaphore.Builder create) {
    return Request.newBuilder().setNumber(number).setCreate(create.setMaxCount(4)).build();
  }

  private List<Semaphore> semaphoresNow() {
    return server.unary().listSemaphores(list().build()).getSemaphoresList();
  }

  private void call(Message message) {
    MethodDescriptor<Message, Message> method =
        unaryMethods().stream()
            .filter(candidate -> input(candidate).equals(message.getDescriptorForType()))
            .findFirst()
            .orElseThrow();
    ClientCalls.blockingUnaryCall(server.channel(), method, CallOptions.DEFAULT, message);
  }

  @SuppressWarnings("unchecked")
  private static List<MethodDescriptor<Message, Message>> unaryMethods() {
    return Stream.of(
            SemaphoreServiceGrpc.getServiceDescriptor(), ClusterServiceGrpc.getServiceDescriptor())
        .flatMap(service -> service.getMethods().stream())
        .map(method -> (MethodDescriptor<Message, Message>) method)
        .toList();
  }

  private static Descriptor input(MethodDescriptor<?, ?> method) {
    ProtoMethodDescriptorSupplier schema =
        (ProtoMethodDescriptorSupplier) Objects.requireNonNull(method.getSchemaDescriptor());
    return schema.getMethodDescriptor().getInputType();
  }

  private static String typeOf(Bad<Message> bad) {
    return bad.message().getDescriptorForType().getName();
  }

  /** Paths of all fields that can have a bad value: everything but flags. */
  private static void collect(String path, Descriptor message, Set<String> into) {
    for (FieldDescriptor field : message.getFields()) {
      String name = path + "." + field.getName();
      boolean leaf =
          field.getJavaType() != FieldDescriptor.JavaType.MESSAGE
              || field.getMessageType().equals(Duration.getDescriptor());
      if (!leaf) {
        collect(name, field.getMessageType(), into);
      } else if (field.getJavaType() != FieldDescriptor.JavaType.BOOLEAN) {
        into.add(name);
      }
    }
  }

  /** The path without indexes. */
  private static String plain(String field) {
    return field.replaceAll("\\[\\d+]", "");
  }

  private static void assertInvalid(WireError error, String field, Message message) {
    assertThat(error.code()).as("%s", message).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(error.reason()).as("%s", message).isEqualTo("INVALID_FIELD");
    assertThat(error.field()).as("%s", message).isEqualTo(field);
    assertThat(error.metadata().get("why")).as("%s", message).isNotEmpty();
    assertThat(error.message()).as("%s", message).startsWith(field + " ");
  }
}
