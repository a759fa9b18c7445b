package dev.signalbox.client.internal;

import dev.signalbox.v1.ClientFrame;
import dev.signalbox.v1.Resume;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The requests of a session that were sent and not answered, in the order of their numbers, and the
 * answers that the server does not yet know to have arrived (E1). Network thread.
 */
final class Unanswered {
  private final Map<Long, StreamCall<?>> calls = new LinkedHashMap<>();
  private long last;
  private long[] arrived = new long[64];
  private int arrivals;

  int size() {
    return calls.size();
  }

  long nextNumber() {
    return last + 1;
  }

  /** The call goes out under the next number. */
  void sent(StreamCall<?> call) {
    calls.put(++last, call);
  }

  boolean contains(StreamCall<?> call) {
    return call.request != null && call.equals(calls.get(call.request.getNumber()));
  }

  /** The call that this number belongs to; null if it was answered before. */
  @Nullable StreamCall<?> answered(long number) {
    StreamCall<?> call = calls.remove(number);
    if (call != null) {
      if (arrivals == arrived.length) {
        arrived = Arrays.copyOf(arrived, 2 * arrivals);
      }
      arrived[arrivals++] = number;
    }
    return call;
  }

  /** Tells the server which answers have arrived since the last frame. */
  void acknowledge(ClientFrame.Builder frame) {
    long through = calls.isEmpty() ? last : calls.keySet().iterator().next() - 1;
    frame.setAcknowledgedThrough(through);
    for (int i = 0; i < arrivals; i++) {
      if (arrived[i] > through) {
        frame.addAcknowledged(arrived[i]);
      }
    }
    arrivals = 0;
  }

  /** Tells the server, on a new stream, what is still to be answered. */
  void describe(Resume.Builder resume) {
    resume.setLastNumber(last).addAllUnanswered(calls.keySet());
    arrivals = 0;
  }

  /** In the order of their numbers. */
  Collection<StreamCall<?>> inOrder() {
    return calls.values();
  }
}
