package dev.signalbox.client.internal;

import dev.signalbox.v1.ClientFrame;
import dev.signalbox.v1.Resume;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The requests of a session that were sent and not answered, and the answers that the server does
 * not yet know to have arrived (E1). Network thread.
 *
 * <p>A hash table whose links lie in the calls: a number costs no object.
 */
final class Unanswered {
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private @Nullable StreamCall<?>[] places = new StreamCall<?>[64];
  private int size;
  private long last;

  /** The lowest number that may be without an answer. */
  private long lowest = 1;

  private long[] arrived = new long[64];
  private int arrivals;

  int size() {
    return size;
  }

  /** The call goes out under the next number. */
  void sent(StreamCall<?> call) {
    if (size == places.length) {
      grow();
    }
    call.number = ++last;
    put(call);
    size++;
  }

  private void grow() {
    List<StreamCall<?>> all = inOrder();
    places = new StreamCall<?>[2 * places.length];
    all.forEach(this::put);
  }

  private void put(StreamCall<?> call) {
    int place = place(call.number);
    call.samePlace = places[place];
    places[place] = call;
  }

  private int place(long number) {
    int spread = (int) ((number * SPREAD) >>> Integer.SIZE);
    return spread & (places.length - 1);
  }

  boolean contains(StreamCall<?> call) {
    return call.equals(find(call.number));
  }

  private @Nullable StreamCall<?> find(long number) {
    StreamCall<?> call = places[place(number)];
    while (call != null && call.number != number) {
      call = call.samePlace;
    }
    return call;
  }

  /** The call that this number belongs to; null if it was answered before. */
  @Nullable StreamCall<?> answered(long number) {
    StreamCall<?> call = find(number);
    if (call != null) {
      remove(call);
      if (arrivals == arrived.length) {
        arrived = Arrays.copyOf(arrived, 2 * arrivals);
      }
      arrived[arrivals++] = number;
    }
    return call;
  }

  private void remove(StreamCall<?> call) {
    int place = place(call.number);
    StreamCall<?> before = places[place];
    if (call.equals(before)) {
      places[place] = call.samePlace;
    } else {
      while (before != null && !call.equals(before.samePlace)) {
        before = before.samePlace;
      }
      if (before != null) {
        before.samePlace = call.samePlace;
      }
    }
    call.samePlace = null;
    size--;
  }

  /** Tells the server which answers have arrived since the last frame. */
  void acknowledge(ClientFrame.Builder frame) {
    while (lowest <= last && find(lowest) == null) {
      lowest++;
    }
    long through = lowest - 1;
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
    resume.setLastNumber(last);
    inOrder().forEach(call -> resume.addUnanswered(call.number));
    arrivals = 0;
  }

  /** A copy, in the order of their numbers. */
  List<StreamCall<?>> inOrder() {
    List<StreamCall<?>> all = new ArrayList<>(size);
    for (StreamCall<?> first : places) {
      for (StreamCall<?> call = first; call != null; call = call.samePlace) {
        all.add(call);
      }
    }
    all.sort(Comparator.comparingLong(call -> call.number));
    return all;
  }
}
