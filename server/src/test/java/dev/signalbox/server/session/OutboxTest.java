package dev.signalbox.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.server.Rule;
import dev.signalbox.server.core.EndCause;
import dev.signalbox.server.core.Outcome;
import dev.signalbox.server.core.Result;
import dev.signalbox.server.core.SessionId;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class OutboxTest {
  private static final SessionId SESSION = new SessionId(1, 2);

  private final FakeStream stream = new FakeStream();
  private final Outbox outbox = new Outbox(stream, 10_000);

  @Test
  void whatAnEntryBrings_goesOutAsOneFrame() {
    stage(1, 3);
    assertThat(stream.frames).isEmpty();
    outbox.flush();

    assertThat(stream.frames).containsExactly(answers(1, 3));
  }

  @Test
  void greeting_isTheFirstThatIsSent_withTheFirstRenewal() {
    outbox.send();
    assertThat(stream.frames).isEmpty();
    outbox.greet(answer(0), 4);
    outbox.goingAway();

    assertThat(stream.frames).containsExactly(List.of(answer(0)));
    assertThat(stream.renewed).isEqualTo(4);
    assertThat(stream.goodbyes).isEqualTo(1);
  }

  @Test
  void whileTheTransportIsBusy_framesGrowIntoOne() {
    stream.ready = false;
    stage(1, 2);
    outbox.flush();
    stage(3, 5);
    outbox.flush();
    assertThat(stream.frames).isEmpty();
    assertThat(outbox.backlog()).isEqualTo(5);

    stream.ready = true;
    outbox.send();
    assertThat(stream.frames).containsExactly(answers(1, 5));
    assertThat(outbox.backlog()).isZero();
  }

  @Test
  void whatDoesNotFitIntoOneFrame_goesOutInTheNext_inOrder() {
    stream.perFrame = 2;
    stage(1, 5);
    outbox.flush();

    assertThat(stream.frames).containsExactly(answers(1, 2), answers(3, 4), answers(5, 5));
  }

  @Test
  @Rule("L1")
  void renewalAlone_isSentOnce() {
    outbox.renewed(7);
    outbox.send();
    outbox.send();

    assertThat(stream.frames).containsExactly(List.of());
    assertThat(stream.renewed).isEqualTo(7);
  }

  @Test
  void renewal_neverGoesBack() {
    outbox.renewed(7);
    outbox.renewed(3);
    outbox.send();

    assertThat(stream.renewed).isEqualTo(7);
  }

  @Test
  @Rule("Q3")
  void unreadOutcomes_congest_andBeyondTheBoundCutTheStream() {
    stream.ready = false;
    stage(1, 8_191);
    outbox.flush();
    assertThat(outbox.isCongested()).isFalse();
    stage(8_192, 10_000);
    outbox.flush();
    assertThat(outbox.isCongested()).isTrue();
    assertThat(stream.end).isNull();

    stage(10_001, 10_001);
    outbox.flush();
    assertThat(stream.end).isEqualTo(StreamEnd.UNREAD);
    assertThat(outbox.backlog()).isZero();
  }

  @Test
  @Rule("L2")
  void expiry_ofAClientThatDoesNotRead_cutsTheStream() {
    stream.ready = false;
    stage(1, 3);
    outbox.stage(new Outcome.SessionEnded(SESSION, EndCause.EXPIRED));
    outbox.flush();

    assertThat(stream.end).isEqualTo(StreamEnd.SESSION_LOST);
    assertThat(outbox.backlog()).isZero();
  }

  @Test
  @Rule("L6")
  void close_ofASlowClient_isStillAnswered() {
    stream.ready = false;
    outbox.stage(new Outcome.SessionEnded(SESSION, EndCause.CLOSED));
    outbox.flush();
    stream.ready = true;
    outbox.send();

    assertThat(stream.end).isNull();
    assertThat(stream.frames).hasSize(1);
  }

  @Test
  void endedStream_sendsNothingMore() {
    outbox.end(StreamEnd.REPLACED);
    outbox.post(answer(1));
    stage(2, 3);
    outbox.flush();
    outbox.renewed(4);
    outbox.send();
    outbox.goingAway();
    outbox.end(StreamEnd.GOING_AWAY);

    assertThat(stream.frames).isEmpty();
    assertThat(stream.goodbyes).isZero();
    assertThat(stream.end).isEqualTo(StreamEnd.REPLACED);
    assertThat(outbox.isClosed()).isTrue();
  }

  private void stage(long first, long last) {
    answers(first, last).forEach(outbox::stage);
  }

  private static List<Outcome> answers(long first, long last) {
    return LongStream.rangeClosed(first, last).mapToObj(OutboxTest::answer).toList();
  }

  private static Outcome answer(long number) {
    return new Outcome.Answer(0, SESSION, number, Result.Done.INSTANCE);
  }
}
