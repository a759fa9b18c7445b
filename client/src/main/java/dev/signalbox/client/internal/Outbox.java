package dev.signalbox.client.internal;

import com.google.protobuf.ByteString;
import dev.signalbox.v1.ClientFrame;
import dev.signalbox.v1.Release;
import dev.signalbox.v1.Request;
import dev.signalbox.v1.Resume;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The requests on their way: what waits to be sent, what was sent and not answered, what is sent
 * again. Everything that waits goes into the next frame, so the busier the link the bigger its
 * frames. Network thread.
 */
final class Outbox {
  private static final int MOST_REQUESTS = 8192;
  private static final int MOST_BYTES = 256 << 10;

  private final Queue<StreamCall<?>> unsent = new ArrayDeque<>();
  private final Queue<StreamCall<?>> again = new ArrayDeque<>();
  private final List<StreamCall<?>> inFrame = new ArrayList<>();
  private final Consumer<Call<?>> settled;
  private Unanswered unanswered = new Unanswered();
  private int window = Integer.MAX_VALUE;

  /** Hands every call that has its answer or failure to {@code settled}. */
  Outbox(Consumer<Call<?>> settled) {
    this.settled = settled;
  }

  /** Takes a call; one about a session that is lost fails at once. */
  void add(StreamCall<?> call, @Nullable Session current) {
    if (call.isOrphanIn(current)) {
      failOrphan(call);
    } else {
      unsent.add(call);
    }
  }

  private void failOrphan(StreamCall<?> call) {
    call.orphaned();
    fail(call, Failure.sessionLost(false));
  }

  /** Whether there is something that could be sent now. */
  boolean hasWork() {
    return !again.isEmpty() || (!unsent.isEmpty() && unanswered.size() < window);
  }

  /** How many requests the server keeps for this session. */
  void setWindow(int requests) {
    window = requests;
  }

  boolean isUnanswered(StreamCall<?> call) {
    return unanswered.contains(call);
  }

  /** The next frame, with acknowledgements and as many requests as fit. */
  byte[] nextFrame(long frameNumber, Session session) {
    ClientFrame.Builder frame = ClientFrame.newBuilder().setFrame(frameNumber);
    unanswered.acknowledge(frame);
    int bytes = 0;
    StreamCall<?> call = next(session);
    while (call != null) {
      bytes += RequestFrame.size(call);
      inFrame.add(call);
      boolean full = bytes >= MOST_BYTES || inFrame.size() == MOST_REQUESTS;
      call = full ? null : next(session);
    }
    byte[] encoded = RequestFrame.encode(frame.build(), inFrame);
    inFrame.clear();
    return encoded;
  }

  private @Nullable StreamCall<?> next(Session session) {
    StreamCall<?> call = again.poll();
    while (call == null && unanswered.size() < window) {
      call = unsent.poll();
      if (call == null) {
        return null;
      }
      if (!isToBeSent(call, session)) {
        settled.accept(call);
        call = null;
      }
    }
    return call;
  }

  private <T> boolean isToBeSent(StreamCall<T> call, Session session) {
    if (call.isCancellable() && call.isDone()) {
      return false;
    }
    try {
      ByteString operation = call.encode(session);
      if (operation == null) {
        call.answer(call.settleHere());
        return false;
      }
      call.operation = operation;
      unanswered.sent(call);
      return true;
    } catch (RuntimeException e) {
      call.fail(e);
      return false;
    }
  }

  /**
   * Takes an answer to its call.
   *
   * @return the failure that it brought; null if it brought none
   */
  @Nullable Failure answered(AnswerReader answer, Session session) {
    StreamCall<?> call = unanswered.answered(answer.number());
    if (call == null) {
      return null;
    }
    Failure failure = answer.failure();
    if (failure != null) {
      call.fail(failure);
    } else {
      read(call, answer, session);
    }
    settled.accept(call);
    return failure;
  }

  private static <T> void read(StreamCall<T> call, AnswerReader answer, Session session) {
    try {
      call.answer(call.read(answer, session));
    } catch (RuntimeException e) {
      call.fail(e);
    }
  }

  /** Describes to the server, on a new stream, what it still owes. */
  void describe(Resume.Builder resume) {
    unanswered.describe(resume);
  }

  /** The releases that were sent and not answered. */
  List<Release> releasesUnderWay() {
    List<Release> releases = new ArrayList<>();
    for (StreamCall<?> call : unanswered.inOrder()) {
      Request request = call.asked();
      if (request.hasRelease()) {
        releases.add(request.getRelease());
      } else if (request.hasReleaseAndAcquire()) {
        releases.add(request.getReleaseAndAcquire().getRelease());
      }
    }
    return releases;
  }

  /** Everything unanswered is sent again, first and in the same order. */
  void sendAgain() {
    again.clear();
    again.addAll(unanswered.inOrder());
  }

  /**
   * The session is lost: what was sent fails, and what was about that session; the rest waits for
   * the next one.
   */
  void sessionLost() {
    for (StreamCall<?> call : unanswered.inOrder()) {
      fail(call, Failure.sessionLost(call.maySurviveSession()));
    }
    unanswered = new Unanswered();
    again.clear();
    window = Integer.MAX_VALUE;
    List<StreamCall<?>> orphans = new ArrayList<>(0);
    unsent.removeIf(call -> call.isOrphanIn(null) && orphans.add(call));
    orphans.forEach(this::failOrphan);
  }

  /** The link is closed: everything fails. */
  void closed() {
    for (StreamCall<?> call : unanswered.inOrder()) {
      fail(call, Failure.closed(call.maySurviveSession()));
    }
    unanswered = new Unanswered();
    again.clear();
    failUnsent(Failure.closed(false));
  }

  /** What was not sent fails. */
  void failUnsent(Failure failure) {
    for (StreamCall<?> call = unsent.poll(); call != null; call = unsent.poll()) {
      fail(call, failure);
    }
  }

  /** From now on the patience of what was not sent counts. */
  void giveUpAt(long time) {
    unsent.forEach(call -> call.giveUpAt = time);
  }

  /**
   * Fails what was not sent and has run out of patience. What gives permits back or settles a will
   * is kept for as long as the session that has them: dropped, it would leave them with nobody to
   * see to them.
   */
  void giveUp(long now, Failure failure, boolean sessionLives) {
    List<StreamCall<?>> tired = new ArrayList<>(0);
    unsent.removeIf(call -> {
      boolean stays = now - call.giveUpAt < 0 || (sessionLives && call.givesBack());
      return !stays && tired.add(call);
    });
    tired.forEach(call -> fail(call, failure));
  }

  /** Nanoseconds until {@link #giveUp} has something to fail. */
  long untilGivenUp(long now, boolean sessionLives) {
    return unsent.stream()
        .filter(call -> !(sessionLives && call.givesBack()))
        .mapToLong(call -> call.giveUpAt - now)
        .min()
        .orElse(Long.MAX_VALUE);
  }

  /** The call, which is not here, fails. */
  void fail(StreamCall<?> call, Failure failure) {
    call.fail(failure);
    settled.accept(call);
  }
}
