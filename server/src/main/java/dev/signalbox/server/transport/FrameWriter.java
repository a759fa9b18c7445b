package dev.signalbox.server.transport;

import dev.signalbox.server.core.Limits;
import dev.signalbox.server.core.Outcome;
import dev.signalbox.server.core.Result;
import dev.signalbox.v1.Reply;
import dev.signalbox.v1.Resumed;
import dev.signalbox.v1.ServerFrame;
import java.util.List;

/** Outcomes as one server frame. */
final class FrameWriter {
  /** Bytes of replies after which a frame is full. */
  private static final int FULL = 512 * 1_024;

  private final ServerFrame.Builder frame = ServerFrame.newBuilder();
  private final long leaseMicros;
  private final Limits limits;
  private int taken;
  private int bytes;
  private boolean ends;

  /**
   * An empty frame.
   *
   * @param leaseMicros of the session, if the stream opens one
   */
  FrameWriter(long renewedThrough, long leaseMicros, Limits limits) {
    frame.setRenewedThrough(renewedThrough);
    this.leaseMicros = leaseMicros;
    this.limits = limits;
  }

  /** Takes as many as fit, from the front; after the end of the session nothing fits. */
  void take(List<Outcome> outcomes) {
    while (taken < outcomes.size() && bytes < FULL && !ends) {
      add(outcomes.get(taken));
      taken++;
    }
  }

  ServerFrame frame() {
    return frame.build();
  }

  int taken() {
    return taken;
  }

  /** The session's end is in it. */
  boolean ends() {
    return ends;
  }

  private void add(Outcome outcome) {
    if (outcome instanceof Outcome.Answer answer) {
      add(answer);
    } else if (outcome instanceof Outcome.Recalled recalled) {
      frame.addRecalls(Results.recall(recalled));
    } else if (outcome instanceof Outcome.CreditRecalled recalled) {
      frame.addCreditRecalls(WireIds.bytes(recalled.grant()));
    } else if (outcome instanceof Outcome.SessionEnded ended) {
      frame.setEnded(Results.ended(ended.cause()));
      ends = true;
    }
  }

  private void add(Outcome.Answer answer) {
    if (answer.result() instanceof Result.Opened made) {
      frame.setOpened(Results.opened(made.session(), leaseMicros, limits));
    } else if (answer.result() instanceof Result.Resumed resumed) {
      frame.setResumed(Resumed.newBuilder().setHeldGrants(WireIds.bytes(resumed.held())));
    } else {
      Reply reply = reply(answer);
      bytes += reply.getSerializedSize();
      frame.addReplies(reply);
    }
  }

  private static Reply reply(Outcome.Answer answer) {
    Reply.Builder reply = Reply.newBuilder().setNumber(answer.number());
    Result result = answer.result();
    if (result instanceof Result.Granted granted) {
      reply.setAcquire(Results.granted(granted, false));
    } else if (result instanceof Result.Released released) {
      reply.setRelease(Results.released(released));
    } else if (result instanceof Result.NotGranted notGranted) {
      reply.setAcquire(Results.notGranted(notGranted));
    } else if (result instanceof Result.Refused refused) {
      reply.setError(Errors.refused(refused, answer.number()));
    } else if (result instanceof Result.SemaphoreResult semaphore) {
      reply.setSemaphore(Results.semaphore(semaphore));
    } else if (result instanceof Result.Reset reset) {
      reply.setReset(Results.reset(reset));
    } else if (result instanceof Result.Cancelled cancelled) {
      reply.setCancel(Results.cancelled(cancelled));
    } else {
      reply.setDone(Results.done());
    }
    return reply.build();
  }
}
