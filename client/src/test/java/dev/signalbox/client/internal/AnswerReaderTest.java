package dev.signalbox.client.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.signalbox.client.fixtures.ScriptedStream;
import dev.signalbox.v1.AcquireResult;
import dev.signalbox.v1.Done;
import dev.signalbox.v1.GoingAway;
import dev.signalbox.v1.Grant;
import dev.signalbox.v1.GrantPart;
import dev.signalbox.v1.NotGrantedReason;
import dev.signalbox.v1.NotHeldReason;
import dev.signalbox.v1.Recall;
import dev.signalbox.v1.ReleaseItemResult;
import dev.signalbox.v1.ReleaseResult;
import dev.signalbox.v1.Reply;
import dev.signalbox.v1.ServerFrame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AnswerReaderTest {
  private static final ByteString ID = ScriptedStream.grantId(513);

  private static Grant.Builder grant(GrantPart.Builder... parts) {
    Grant.Builder grant = Grant.newBuilder().setId(ID).setGrantedAtMicros(1L << 50);
    for (GrantPart.Builder part : parts) {
      grant.addParts(part);
    }
    return grant;
  }

  private static GrantPart.Builder part() {
    return GrantPart.newBuilder().setPermits(300);
  }

  private static Reply granted(Grant.Builder grant) {
    AcquireResult.Builder result = AcquireResult.newBuilder().setGrant(grant);
    return Reply.newBuilder().setNumber(1L << 40).setAcquire(result).build();
  }

  private static ReleaseItemResult.Builder item() {
    return ReleaseItemResult.newBuilder().setReleased(true).addPreviousCounts(7);
  }

  private static Reply released(ReleaseItemResult.Builder... items) {
    ReleaseResult.Builder result = ReleaseResult.newBuilder();
    for (ReleaseItemResult.Builder item : items) {
      result.addItems(item);
    }
    return Reply.newBuilder().setNumber(2).setRelease(result).build();
  }

  /** All sorts of answers, none of them plain. */
  private static List<Reply> others() {
    return List.of(
        granted(grant(part().setPart(1))),
        granted(grant(part().setConsumed(true))),
        granted(grant(part().addSlots(3).addEpochs(4))),
        granted(grant(part().setAbandoned(true))),
        granted(grant(part().setSemaphore("s"))),
        granted(grant(part(), part().setPart(1))),
        granted(grant()),
        granted(grant(GrantPart.newBuilder())),
        granted(Grant.newBuilder().addParts(GrantPart.newBuilder())),
        granted(grant(part()).clearId()),
        granted(grant(part()).setId(ID.concat(ID))),
        Reply.newBuilder()
            .setNumber(3)
            .setAcquire(AcquireResult.newBuilder().setGrant(grant(part())).addReleased(item()))
            .build(),
        Reply.newBuilder()
            .setNumber(4)
            .setAcquire(
                AcquireResult.newBuilder()
                    .setNotGranted(NotGrantedReason.NOT_GRANTED_REASON_TIMED_OUT))
            .build(),
        released(),
        released(item(), item()),
        released(item().clearReleased()),
        released(item().clearPreviousCounts()),
        released(item().addPreviousCounts(8)),
        released(item().setNotHeldReason(NotHeldReason.NOT_HELD_REASON_HOLD_LIMIT)),
        Reply.newBuilder().setNumber(5).setDone(Done.getDefaultInstance()).build(),
        Reply.newBuilder()
            .setNumber(6)
            .setError(com.google.rpc.Status.newBuilder().setCode(3).setMessage("no"))
            .build(),
        Reply.newBuilder().setNumber(7).build(),
        granted(grant(part())).toBuilder().clearNumber().build(),
        Reply.getDefaultInstance());
  }

  private static AnswerReader reader(ServerFrame frame) throws IOException {
    return ReceivedFrame.parse(frame.toByteArray()).answers();
  }

  private static AnswerReader first(Reply reply) throws IOException {
    AnswerReader answer = reader(ServerFrame.newBuilder().addReplies(reply).build());
    assertThat(answer.next()).isTrue();
    return answer;
  }

  @Test
  void plainGrant_isReadByHand() throws IOException {
    Reply reply = granted(grant(part()));
    AnswerReader answer = first(reply);
    assertThat(answer.number()).isEqualTo(1L << 40);
    assertThat(answer.isPlainGrant(300)).isTrue();
    assertThat(answer.isPlainGrant(299)).as("of other than was asked for").isFalse();
    assertThat(answer.isPlainRelease()).isFalse();
    assertThat(answer.grantId().toBytes()).isEqualTo(ID);
    assertThat(answer.grantedAtMicros()).isEqualTo(1L << 50);
    assertThat(answer.failure()).isNull();
    assertThat(answer.message()).isEqualTo(reply);
    assertThat(answer.next()).isFalse();
  }

  @Test
  void grantAtTimeZero_isPlain() throws IOException {
    AnswerReader answer = first(granted(grant(part()).clearGrantedAtMicros()));
    assertThat(answer.isPlainGrant(300)).isTrue();
    assertThat(answer.grantedAtMicros()).isZero();
  }

  @Test
  void plainRelease_isReadByHand() throws IOException {
    Reply reply = released(item());
    AnswerReader answer = first(reply);
    assertThat(answer.number()).isEqualTo(2);
    assertThat(answer.isPlainRelease()).isTrue();
    assertThat(answer.isPlainGrant(7)).isFalse();
    assertThat(answer.previousCount()).isEqualTo(7);
    assertThat(answer.message()).isEqualTo(reply);
    assertThat(first(released(item().setPreviousCounts(0, 0))).previousCount()).isZero();
  }

  @Test
  void anythingElse_isNotPlain_andReadAsItIs() throws IOException {
    for (Reply reply : others()) {
      AnswerReader answer = first(reply);
      assertThat(answer.isPlainGrant(300)).as("%s", reply).isFalse();
      assertThat(answer.isPlainRelease()).as("%s", reply).isFalse();
      assertThat(answer.number()).isEqualTo(reply.getNumber());
      assertThat(answer.message()).isEqualTo(reply);
      assertThat(answer.failure() != null).isEqualTo(reply.hasError());
    }
  }

  @Test
  void fieldsOfLaterVersions_areNoPartOfAPlainAnswer() throws IOException {
    ByteString unknown = ByteString.copyFrom(new byte[] {(byte) 0xf8, 1, 9});
    for (Reply plain : List.of(granted(grant(part())), released(item()))) {
      Reply reply = Reply.parseFrom(plain.toByteString().concat(unknown));
      AnswerReader answer = first(reply);
      assertThat(answer.isPlainGrant(300) || answer.isPlainRelease()).isFalse();
      assertThat(answer.message()).isEqualTo(reply);
    }
  }

  @Test
  void frame_isSplitIntoItsAnswersAndTheRest_inWhateverOrder() throws IOException {
    ServerFrame.Builder rest =
        ServerFrame.newBuilder()
            .setRenewedThrough(9)
            .setGoingAway(GoingAway.newBuilder().addTargets("t"))
            .addRecalls(Recall.newBuilder().setGrantId(ID))
            .addCreditRecalls(ID);
    List<Reply> replies = new ArrayList<>(others());
    replies.add(0, granted(grant(part())));
    replies.add(5, released(item()));
    ByteString bytes = ByteString.EMPTY;
    for (Reply reply : replies) {
      bytes = bytes.concat(ServerFrame.newBuilder().addReplies(reply).build().toByteString());
      if (reply.getNumber() == 2) {
        bytes = bytes.concat(rest.build().toByteString());
        rest.setRenewedThrough(rest.getRenewedThrough() + 1);
      }
    }
    ServerFrame expected = ServerFrame.parseFrom(bytes);
    ReceivedFrame frame = ReceivedFrame.parse(bytes.toByteArray());
    assertThat(frame.message()).isEqualTo(expected.toBuilder().clearReplies().build());
    assertThat(all(frame.answers())).isEqualTo(replies);
  }

  private static List<Reply> all(AnswerReader answers) {
    List<Reply> all = new ArrayList<>();
    while (answers.next()) {
      Reply reply = answers.message();
      assertThat(answers.number()).isEqualTo(reply.getNumber());
      Grant grant = reply.getAcquire().getGrant();
      if (grant.getPartsCount() == 1 && answers.isPlainGrant(grant.getParts(0).getPermits())) {
        assertThat(answers.grantId().toBytes()).isEqualTo(grant.getId());
        assertThat(answers.grantedAtMicros()).isEqualTo(grant.getGrantedAtMicros());
      } else if (answers.isPlainRelease()) {
        assertThat(reply.getRelease().getItems(0).getPreviousCountsList())
            .containsExactly(answers.previousCount());
      }
      all.add(reply);
    }
    return all;
  }

  @Test
  void frameThatWasDamaged_isReadAsTheGeneratedCodeReadsIt() {
    long seed = Long.getLong("answers.seed", System.nanoTime());
    System.out.println("AnswerReaderTest: -Danswers.seed=" + seed);
    Random random = new Random(seed);
    List<Reply> replies = new ArrayList<>(others());
    replies.addAll(List.of(granted(grant(part())), released(item()), granted(grant(part()))));
    for (int i = 0; i < 50_000; i++) {
      ServerFrame.Builder frame = ServerFrame.newBuilder().setRenewedThrough(8);
      for (int n = random.nextInt(4); n >= 0; n--) {
        frame.addReplies(replies.get(random.nextInt(replies.size())));
      }
      byte[] bytes = frame.build().toByteArray();
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      List<Reply> expected = byGeneratedCode(bytes);
      if (expected == null) {
        assertThatCode(() -> byHand(bytes)).doesNotThrowAnyException();
      } else {
        assertThat(byHand(bytes)).isEqualTo(expected);
      }
    }
  }

  private static @Nullable List<Reply> byGeneratedCode(byte[] bytes) {
    try {
      return ServerFrame.parseFrom(bytes).getRepliesList();
    } catch (InvalidProtocolBufferException e) {
      return null;
    }
  }

  private static @Nullable List<Reply> byHand(byte[] bytes) {
    try {
      return all(ReceivedFrame.parse(bytes).answers());
    } catch (IOException | UncheckedIOException e) {
      return null;
    }
  }
}
