package dev.signalbox.client.internal;

import dev.signalbox.v1.ClientFrame;
import dev.signalbox.v1.Opened;
import dev.signalbox.v1.Resume;
import dev.signalbox.v1.ServerFrame;
import io.grpc.Metadata;
import io.grpc.Status;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a session: at most one at a time, on at most one stream. Opens, resumes and replaces it
 * (L5), sends requests and takes their answers (E1), watches the lease and fences it (L4). Network
 * thread, but for the state.
 */
final class SessionKeeper implements Connector.Host, Connection.Listener {
  private final LinkOptions options;
  private final LinkListener listener;
  private final NetworkThread network;
  private final Dispatcher dispatcher;
  private final Ticker ticker;
  final Outbox outbox;
  final Reads reads;
  final Connector connector;
  private final Losses losses = new Losses();
  private volatile LinkState state = LinkState.CONNECTING;
  private boolean closing;
  private boolean closeSent;
  private Runnable ended = () -> {};

  /** Runs whenever something has come from the server, or the connection has changed. */
  Runnable watcher = () -> {};

  /** Of the session, or of the one that is being opened. */
  private Lifeline lifeline;

  private @Nullable Session session;
  private @Nullable Connection current;

  /** Hands every call that has its answer or failure to the dispatcher. */
  SessionKeeper(
      LinkOptions options, LinkListener listener, NetworkThread network, Dispatcher dispatcher) {
    this.options = options;
    this.listener = listener;
    this.network = network;
    this.dispatcher = dispatcher;
    ticker = options.ticker();
    lifeline = newLifeline();
    outbox = new Outbox(dispatcher::settled);
    reads = new Reads(network, options, dispatcher);
    connector = new Connector(network, options, this);
  }

  LinkState state() {
    return state;
  }

  void start() {
    connector.connect();
  }

  /** When a call that is made now is given up if it cannot be sent. */
  long giveUpTime() {
    return ticker.nanoTime() + options.patience().toNanos();
  }

  /** Takes a call that is to be made. */
  void accept(Call<?> call) {
    if (call instanceof StreamCall<?> request && state == LinkState.CLOSED) {
      outbox.fail(request, Failure.closed(false));
    } else if (call instanceof StreamCall<?> request) {
      outbox.add(request, session);
    } else if (call instanceof UnaryCall<?, ?, ?> read) {
      reads.add(read);
    }
  }

  /** Cancels what was asked for, if it was sent and is not answered. */
  void cancel(SessionLink link, StreamCall<?> call) {
    if (session != null && outbox.isUnanswered(call)) {
      outbox.add(new CancelCall(link, session, call.number), session);
      pump();
    }
  }

  /** Hangs up a call beside the stream. */
  void hangUp(UnaryCall<?, ?, ?> call) {
    reads.hangUp(call);
    dispatcher.flush();
  }

  /** Ends the session (L6), and says when that is done. */
  void close(Runnable onEnd) {
    ended = onEnd;
    boolean over = session == null || fenced();
    closing = true;
    if (over) {
      finish();
    } else {
      pump();
    }
  }

  /** Ends without a word, as if the process had died, and says when that is done. */
  void crash(Runnable onEnd) {
    ended = onEnd;
    finish();
  }

  /** The network is gone: what is connected breaks, and nothing connects until it is back. */
  void cutOff() {
    connector.cutOff(true);
    if (current != null) {
      broken();
    } else {
      connector.connect();
    }
    dispatcher.flush();
  }

  /** Whether there is a session on a stream. */
  boolean isConnected() {
    return session != null && current != null && !connector.isTrying() && !closeSent;
  }

  /** Sends a frame, if there is a session on a stream. */
  void beat() {
    if (isConnected() && current != null && session != null) {
      sendFrame(current, session);
    }
  }

  Lifeline lifeline() {
    return lifeline;
  }

  @Nullable Session session() {
    return session;
  }

  /** Sends what can be sent. */
  void pump() {
    Connection to = current;
    Session open = session;
    if (to == null || open == null || connector.isTrying() || closeSent) {
      return;
    }
    while (outbox.hasWork() && to.isReady()) {
      sendFrame(to, open);
    }
    reads.ask(to.channel());
    if (closing && !outbox.hasWork()) {
      sendClose(to);
    }
  }

  private void sendFrame(Connection to, Session open) {
    to.send(outbox.nextFrame(lifeline.nextFrame(), open));
  }

  private void sendClose(Connection to) {
    closeSent = true;
    lifeline.fence().bringDown();
    to.send(Frames.close().setFrame(lifeline.nextFrame()).build().toByteArray());
  }

  private Lifeline newLifeline() {
    long lease = options.lease().toNanos();
    long endAfterBreak = options.endAfterBreak().map(Duration::toNanos).orElse(-1L);
    return new Lifeline(lease, endAfterBreak, ticker, () -> network.execute(this::loseIfFenced));
  }

  @Override
  public ClientFrame firstFrame() {
    Session resumed = session;
    if (resumed == null) {
      lifeline = newLifeline();
      return Frames.open(options).setFrame(lifeline.nextFrame()).build();
    }
    Resume.Builder resume = Resume.newBuilder().setSessionId(resumed.id());
    outbox.describe(resume);
    return ClientFrame.newBuilder().setFrame(lifeline.nextFrame()).setResume(resume).build();
  }

  @Override
  public void connected(Connection connection, ReceivedFrame frame) {
    ServerFrame first = frame.message();
    if (fenced() || !(first.hasOpened() || first.hasResumed())) {
      connection.drop();
      loseIfFenced();
      connector.connect();
      return;
    }
    replaceCurrent(connection);
    if (first.hasOpened()) {
      opened(first.getOpened());
    } else {
      resumed(first);
    }
    onFrame(connection, frame);
  }

  private void replaceCurrent(Connection connection) {
    if (current != null) {
      current.drop();
    }
    current = connection;
    closeSent = false;
    connection.handTo(this);
    state = LinkState.CONNECTED;
  }

  private void opened(Opened opened) {
    session = new Session(opened.getSessionId(), lifeline, losses);
    lifeline.granted(Durations.fromWire(opened.getLease()).toNanos());
    lifeline.renewedThrough(1);
    outbox.setWindow(Math.max(1, opened.getMaxOutstanding()));
    listener.opened();
  }

  private void resumed(ServerFrame first) {
    if (session != null) {
      session.holdings().retain(first.getResumed().getHeldGrants(), outbox.releasesUnderWay());
      outbox.sendAgain();
      listener.resumed();
    }
  }

  @Override
  public void onFrame(Connection from, ReceivedFrame received) {
    ServerFrame frame = received.message();
    Session open = session;
    if (open == null || fenced()) {
      loseIfFenced();
      return;
    }
    if (!frame.hasOpened() && !frame.hasResumed()) {
      connector.provedGood();
    }
    lifeline.renewedThrough(frame.getRenewedThrough());
    boolean over = frame.hasEnded();
    AnswerReader answers = received.answers();
    while (answers.next()) {
      over |= isSessionLost(outbox.answered(answers, open));
    }
    open.heed(frame);
    if (over) {
      lose();
    } else if (frame.hasGoingAway()) {
      connector.prefer(frame.getGoingAway().getTargetsList());
      connector.connect();
    }
    if (frame.hasResumed() && !outbox.hasWork() && current != null) {
      sendFrame(current, open);
    }
    pump();
    dispatcher.flush();
    watcher.run();
  }

  private static boolean isSessionLost(@Nullable Failure failure) {
    return failure != null && failure.reason().equals(Failure.SESSION_LOST);
  }

  @Override
  public void onReady(Connection connection) {
    pump();
    dispatcher.flush();
  }

  @Override
  public void onClosed(Connection connection, Status status, Metadata trailers) {
    if (connection != current) {
      return;
    }
    Failure failure = Failures.of(status, trailers);
    if (isSessionLost(failure)) {
      lose();
    } else {
      connector.heed(failure);
      broken();
    }
    dispatcher.flush();
    watcher.run();
  }

  @Override
  public void refused(Failure failure, boolean passing) {
    if (isSessionLost(failure) && session != null) {
      lose();
    } else if (!passing && session == null) {
      outbox.failUnsent(failure);
    }
    connector.connect();
    dispatcher.flush();
    watcher.run();
  }

  /** The stream is gone, the session is not. */
  private void broken() {
    if (current != null) {
      current.drop();
      current = null;
    }
    closeSent = false;
    state = LinkState.DISCONNECTED;
    lifeline.broken();
    outbox.giveUpAt(giveUpTime());
    listener.disconnected();
    if (fenced()) {
      lose();
    } else {
      connector.connect();
    }
  }

  private boolean fenced() {
    return !closing && !lifeline.fence().stands();
  }

  private void loseIfFenced() {
    if (session != null && fenced()) {
      lose();
      dispatcher.flush();
    }
  }

  /**
   * The session is gone: what it held is lost, what it was asked fails, and another one is opened.
   */
  private void lose() {
    Session lost = session;
    if (lost == null) {
      return;
    }
    session = null;
    lost.lifeline().fence().bringDown();
    connector.abandon();
    if (current != null) {
      current.drop();
      current = null;
    }
    if (closing) {
      finish();
      return;
    }
    state = LinkState.CONNECTING;
    losses.add(lost.holdings().all(), outbox.releasesUnderWay());
    lost.holdings().loseAll();
    outbox.sessionLost();
    outbox.giveUpAt(giveUpTime());
    listener.lost();
    connector.connect();
    watcher.run();
  }

  /** Looks at the clock. */
  void tick() {
    connector.tick();
    loseIfFenced();
    if (session != null && !closing && lifeline.jeopardyBegins()) {
      listener.jeopardy(lifeline.fence().remaining());
      if (current != null) {
        connector.fellSilent();
        broken();
      }
    }
    if (session != null && current != null && !connector.isTrying() && lifeline.heartbeatDue()) {
      sendFrame(current, session);
    }
    Failure noServer = Failure.unavailable("no server answered within " + options.patience());
    if (current == null) {
      outbox.giveUp(ticker.nanoTime(), noServer, session != null);
    }
    reads.giveUp(ticker.nanoTime(), noServer);
    pump();
    dispatcher.flush();
  }

  /** Ends everything, with or without the server's word. */
  void finish() {
    if (state == LinkState.CLOSED) {
      return;
    }
    state = LinkState.CLOSED;
    lifeline.fence().bringDown();
    connector.stop();
    if (current != null) {
      current.drop();
      current = null;
    }
    session = null;
    outbox.closed();
    reads.closed();
    dispatcher.flush();
    listener.closed();
    ended.run();
    watcher.run();
  }
}
