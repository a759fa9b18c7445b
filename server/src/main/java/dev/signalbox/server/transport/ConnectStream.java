package dev.signalbox.server.transport;

import com.google.rpc.Status;
import dev.signalbox.server.core.Command;
import dev.signalbox.server.core.InvalidField;
import dev.signalbox.server.core.Outcome;
import dev.signalbox.server.core.Result;
import dev.signalbox.server.replication.Failure;
import dev.signalbox.server.replication.Submission;
import dev.signalbox.server.session.ClientStream;
import dev.signalbox.server.session.LiveSession;
import dev.signalbox.server.session.Outbox;
import dev.signalbox.server.session.StreamEnd;
import dev.signalbox.v1.GoingAway;
import dev.signalbox.v1.ServerFrame;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One session stream: frames in, each as one submission; outcomes out, through the {@link Outbox}.
 * The next frame is asked for when the last one has found room in the queue and the client reads
 * what it is sent, so neither queue nor outbox grows beyond a bound.
 */
final class ConnectStream implements StreamObserver<Frame>, ClientStream {
  /** Full frames whose replies may lie unread beside those that the session keeps anyway. */
  private static final int UNREAD_FRAMES = 4;

  private final Backend backend;
  private final ServerCallStreamObserver<ServerFrame> out;
  private final Outbox outbox;
  private final int unreadLimit;

  /** Transport thread only. */
  private long lastFrame;

  private boolean closing;

  private volatile @Nullable LiveSession session;
  private volatile long leaseMicros;

  // Guarded by this.
  private boolean wantsFrame = true;
  private boolean queued;

  ConnectStream(Backend backend, ServerCallStreamObserver<ServerFrame> out) {
    this.backend = backend;
    this.out = out;
    this.unreadLimit =
        2 * backend.limits().outstandingPerSession() + UNREAD_FRAMES * FrameReader.MAX_REQUESTS;
    this.outbox = new Outbox(this, unreadLimit);
  }

  /** Asks for the first frame. */
  void start() {
    out.disableAutoRequest();
    out.setOnReadyHandler(outbox::send);
    out.setOnCancelHandler(this::gone);
    pull();
  }

  @Override
  public void onNext(Frame frame) {
    try {
      accept(frame);
    } catch (ProtocolViolation e) {
      fail(Errors.violation(String.valueOf(e.getMessage())));
    } catch (InvalidField e) {
      fail(Errors.invalid(e));
    }
  }

  @Override
  public void onError(Throwable t) {
    gone();
  }

  @Override
  public void onCompleted() {
    if (outbox.close()) {
      out.onCompleted();
    }
    detach();
  }

  @Override
  public boolean isReady() {
    return out.isReady();
  }

  @Override
  public int send(List<Outcome> outcomes, long renewedThrough) {
    FrameWriter writer = new FrameWriter(renewedThrough, leaseMicros, backend.limits());
    writer.take(outcomes);
    out.onNext(writer.frame());
    if (writer.ends()) {
      outbox.close();
      out.onCompleted();
    }
    return writer.taken();
  }

  @Override
  public void sendGoingAway() {
    GoingAway.Builder elsewhere = GoingAway.newBuilder();
    backend.cluster().others().forEach(member -> elsewhere.addTargets(member.clientAddress()));
    out.onNext(ServerFrame.newBuilder().setGoingAway(elsewhere).build());
  }

  @Override
  public void end(StreamEnd why) {
    out.onError(Errors.exception(Errors.ended(why, unreadLimit, backend.cluster())));
    detach();
  }

  @Override
  public void drained() {
    pull();
  }

  private void accept(Frame frame) {
    FrameReader.check(frame.head(), lastFrame);
    ProtocolViolation.unless(!closing, "no frame may follow a close");
    LiveSession live = session;
    if (live == null) {
      FrameReader.checkFirst(frame);
      first(frame);
    } else {
      FrameReader.checkLater(frame);
      later(live, frame);
    }
    lastFrame = frame.head().getFrame();
    closing = frame.head().getClose();
  }

  private void first(Frame frame) {
    FromStream first = frame.head().hasOpen() ? open(frame) : resume(frame);
    if (!isRefused()) {
      backend.sequencer().submit(first);
    }
  }

  private Opening open(Frame frame) {
    Command.OpenSession open =
        Operations.within("open", () -> FrameReader.open(frame.head().getOpen()));
    leaseMicros = open.leaseMicros();
    return new Opening(this, frame, open);
  }

  private Resuming resume(Frame frame) {
    int maxOutstanding = backend.limits().outstandingPerSession();
    Command.ResumeSession resume = FrameReader.resume(frame.head().getResume(), maxOutstanding);
    LiveSession live = backend.sessions().find(resume.session());
    return new Resuming(this, frame, resume, live != null && live.hear());
  }

  private void later(LiveSession live, Frame frame) {
    if (live.hear()) {
      outbox.renewed(frame.head().getFrame());
    }
    handIn(live, new FrameReader(live.id(), frame));
    ready(frame);
  }

  /** The frame is dealt with, and the next one may come. */
  private void ready(Frame frame) {
    synchronized (this) {
      wantsFrame = !frame.head().getClose();
    }
    pull();
  }

  private void handIn(LiveSession live, FrameReader read) {
    read.refused().forEach(outbox::post);
    if (read.commands().isEmpty()) {
      backend.sequencer().confirmLeadership(outbox::send, () -> outbox.end(StreamEnd.NOT_LEADER));
    } else if (!isRefused()) {
      submit(new Requests(this, live, read.commands()));
    }
  }

  private void submit(Requests submission) {
    synchronized (this) {
      queued = true;
    }
    if (backend.sequencer().submit(submission)) {
      taken();
    } else {
      outbox.send();
    }
  }

  private boolean isRefused() {
    Status full = Errors.ifFull(backend);
    if (full != null) {
      fail(full);
    }
    return full != null;
  }

  /** The last frame has found its place. */
  private void taken() {
    synchronized (this) {
      queued = false;
    }
    pull();
  }

  private void pull() {
    synchronized (this) {
      if (!wantsFrame || queued || outbox.isCongested()) {
        return;
      }
      wantsFrame = false;
    }
    out.request(1);
  }

  /** The session is there: what follows in the log goes out on this stream. Apply thread. */
  private void begin(LiveSession live, Frame first) {
    live.attach(outbox);
    session = live;
    backend.sessions().touch(outbox);
    if (outbox.isClosed()) {
      detach();
      return;
    }
    FrameReader rest = new FrameReader(live.id(), first);
    if (!rest.commands().isEmpty()) {
      backend.sequencer().submit(new Requests(this, live, rest.commands()));
    }
    ready(first);
  }

  private void fail(Status status) {
    if (outbox.close()) {
      out.onError(Errors.exception(status));
    }
    detach();
  }

  private void gone() {
    outbox.close();
    detach();
  }

  private void detach() {
    LiveSession live = session;
    if (live != null) {
      live.detach(outbox);
    }
  }

  /** What the three kinds of frames have in common. */
  private abstract static class FromStream extends Submission {
    final ConnectStream stream;

    FromStream(ConnectStream stream, List<Command> commands) {
      super(commands);
      this.stream = stream;
    }

    @Override
    protected void failed(Failure why) {
      stream.fail(Errors.failed(why, stream.backend.cluster()));
    }
  }

  /** A first frame that opens a session. */
  private static final class Opening extends FromStream {
    private final Frame first;
    private final Command.OpenSession open;

    Opening(ConnectStream stream, Frame first, Command.OpenSession open) {
      super(stream, List.of(open));
      this.first = first;
      this.open = open;
    }

    @Override
    protected void answered(int index, Outcome.Answer answer) {
      if (answer.result() instanceof Result.Opened made) {
        stream.outbox.greet(answer, first.head().getFrame());
        stream.begin(stream.backend.sessions().opened(open, made.session()), first);
      } else if (answer.result() instanceof Result.Refused refused) {
        stream.fail(Errors.refused(refused, 0));
      }
    }
  }

  /** A first frame that resumes a session. */
  private static final class Resuming extends FromStream {
    private final Frame first;
    private final Command.ResumeSession resume;
    private final boolean renewed;

    Resuming(ConnectStream stream, Frame first, Command.ResumeSession resume, boolean renewed) {
      super(stream, List.of(resume));
      this.first = first;
      this.resume = resume;
      this.renewed = renewed;
    }

    @Override
    protected void answered(int index, Outcome.Answer answer) {
      LiveSession live = stream.backend.sessions().find(resume.session());
      if (answer.result() instanceof Result.Resumed && live != null) {
        stream.outbox.greet(answer, renewed ? first.head().getFrame() : 0);
        stream.begin(live, first);
      } else {
        stream.fail(Errors.sessionLost());
      }
    }
  }

  /** A later frame. */
  private static final class Requests extends FromStream {
    private final LiveSession session;

    Requests(ConnectStream stream, LiveSession session, List<Command> commands) {
      super(stream, commands);
      this.session = session;
    }

    @Override
    protected void taken() {
      stream.taken();
    }

    @Override
    protected void answered(int index, Outcome.Answer answer) {
      if (commands().get(index) instanceof Command.Request request) {
        stream.backend.sessions().stage(session, FieldPaths.inRequest(answer, request.operation()));
      }
    }

    @Override
    protected void applied() {
      stream.backend.sessions().touch(stream.outbox);
    }
  }
}
