package dev.signalbox.client.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.signalbox.server.Rule;
import dev.signalbox.v1.ClientFrame;
import dev.signalbox.v1.Resume;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class UnansweredTest {
  private final SessionLink link = UnstartedLink.create();
  private final Unanswered unanswered = new Unanswered();

  private final class Asked extends StreamCall<String> {
    Asked() {
      super(link);
    }

    @Override
    protected ByteString encode(Session session) {
      return ByteString.EMPTY;
    }

    @Override
    protected String read(AnswerReader answer, Session session) {
      return "";
    }
  }

  private StreamCall<?> sent() {
    StreamCall<?> call = new Asked();
    unanswered.sent(call);
    return call;
  }

  private void send(int calls) {
    for (int i = 0; i < calls; i++) {
      unanswered.sent(new Asked());
    }
  }

  private void answer(long... numbers) {
    for (long number : numbers) {
      var unused = unanswered.answered(number);
    }
  }

  private ClientFrame acknowledged() {
    ClientFrame.Builder frame = ClientFrame.newBuilder();
    unanswered.acknowledge(frame);
    return frame.build();
  }

  @Test
  @Rule("E1")
  void numbers_ascendFromOne_andEachIsAnsweredOnce() {
    StreamCall<?> first = sent();
    StreamCall<?> second = sent();
    assertThat(first.number).isEqualTo(1);
    assertThat(second.number).isEqualTo(2);
    assertThat(unanswered.answered(2)).isSameAs(second);
    assertThat(unanswered.answered(2)).isNull();
    assertThat(unanswered.answered(3)).isNull();
    assertThat(unanswered.contains(first)).isTrue();
    assertThat(unanswered.contains(second)).isFalse();
    assertThat(unanswered.contains(new Asked())).isFalse();
    assertThat(unanswered.size()).isEqualTo(1);
  }

  @Test
  @Rule("E1")
  void acknowledgement_isOfEverythingUpToTheFirstGap_andOfWhatCameBeyondIt() {
    assertThat(acknowledged().getAcknowledgedThrough()).isZero();
    send(6);
    answer(6, 1, 4, 2);
    ClientFrame frame = acknowledged();
    assertThat(frame.getAcknowledgedThrough()).isEqualTo(2);
    assertThat(frame.getAcknowledgedList()).containsExactly(6L, 4L);
    assertThat(acknowledged().getAcknowledgedList()).as("said once").isEmpty();
    answer(3, 5);
    assertThat(acknowledged().getAcknowledgedThrough()).isEqualTo(6);
  }

  @Test
  @Rule("L5")
  void resume_saysWhatIsStillToBeAnswered_inOrder() {
    send(200);
    answer(LongStream.rangeClosed(1, 200).filter(n -> n % 3 != 0).toArray());
    Resume.Builder resume = Resume.newBuilder();
    unanswered.describe(resume);
    assertThat(resume.getLastNumber()).isEqualTo(200);
    assertThat(resume.getUnansweredList())
        .containsExactlyElementsOf(
            LongStream.rangeClosed(1, 200).filter(n -> n % 3 == 0).boxed().toList());
    assertThat(acknowledged().getAcknowledgedCount()).as("the resume has said it").isZero();
  }

  @Test
  void oneThatWaitsForLong_isFound_whenManyHaveComeAndGone() {
    StreamCall<?> waits = sent();
    for (long number = 2; number < 100_000; number++) {
      StreamCall<?> call = sent();
      assertThat(unanswered.answered(number)).isSameAs(call);
      assertThat(call.samePlace).isNull();
      if (number % 500 == 0) {
        assertThat(acknowledged().getAcknowledgedThrough()).isZero();
      }
    }
    assertThat(unanswered.inOrder()).isEqualTo(List.of(waits));
  }

  @Test
  void anyCourseOfEvents_isThatOfASortedMap() {
    long seed = Long.getLong("unanswered.seed", System.nanoTime());
    System.out.println("UnansweredTest: -Dunanswered.seed=" + seed);
    Random random = new Random(seed);
    NavigableMap<Long, StreamCall<?>> model = new TreeMap<>();
    List<Long> arrived = new ArrayList<>();
    long last = 0;
    for (int step = 0; step < 100_000; step++) {
      boolean filling = step / 10_000 % 2 == 0;
      if (random.nextInt(10) < (filling ? 6 : 4)) {
        model.put(++last, sent());
      } else if (last > 0) {
        long number = last - Math.min(last - 1, (long) (-500 * Math.log(random.nextDouble())));
        StreamCall<?> call = model.remove(number);
        assertThat(unanswered.answered(number)).isSameAs(call);
        if (call != null) {
          arrived.add(number);
        }
      }
      if (random.nextInt(50) == 0) {
        long through = model.isEmpty() ? last : model.firstKey() - 1;
        ClientFrame frame = acknowledged();
        assertThat(frame.getAcknowledgedThrough()).isEqualTo(through);
        arrived.removeIf(number -> number <= through);
        assertThat(frame.getAcknowledgedList()).isEqualTo(arrived);
        arrived.clear();
      }
      assertThat(unanswered.size()).isEqualTo(model.size());
    }
    assertThat(unanswered.inOrder()).containsExactlyElementsOf(model.values());
  }
}
