package dev.signalbox.client.internal;

import dev.signalbox.v1.ClientFrame;
import dev.signalbox.v1.Opened;
import dev.signalbox.v1.Reply;
import dev.signalbox.v1.Resume;
import dev.signalbox.v1.ServerFrame;
import io.grpc.Metadata;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A client's link to the service: at most one session at a time, on at most one stream. Opens,
 * resumes and replaces sessions by itself (L5); sends calls and settles them once each (E1); fences
 * itself (L4).
 *
 * <p>The public methods are for any thread; everything else is for the network thread.
 */
public final class SessionLink implements Connector.Host, Connection.Listener {
  private static final long LONGEST_TICK = TimeUnit.MILLISECONDS.toNanos(250);

  private final LinkOptions options;
  private final LinkListener listener;
  private final Function<Failure, RuntimeException> exceptions;
  private final Ticker ticker;
  private final Dispatcher dispatcher;
  private final NetworkThread network = new NetworkThread();
  private final Inbox inbox = new Inbox();
  private final Lanes lanes = new Lanes();
  private final Outbox outbox;
  private final Reads reads;
  private final Connector connector;
  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private volatile LinkState state = LinkState.CONNECTING;
  private volatile boolean closing;
  private boolean closeSent;

  /** Of the session, or of the one that is being opened. */
  private Lifeline lifeline;

  private @Nullable Session session;
  private @Nullable Connection current;

  /**
   * A link that starts to connect at once.
   *
   * @param executor completes futures; null: a thread of the link
   * @param exceptions how callers see failures
   */
  public SessionLink(
      LinkOptions options,
      LinkListener listener,
      @Nullable Executor executor,
      Function<Failure, RuntimeException> exceptions) {
    this.options = options;
    this.listener = listener;
    this.exceptions = exceptions;
    ticker = options.ticker();
    lifeline = newLifeline();
    dispatcher = new Dispatcher(executor);
    outbox = new Outbox(this::settled);
    reads = new Reads(network, options, this::settledAlone);
    connector = new Connector(network, options, this);
  }

  /** Starts to connect. Once. */
  public void start() {
    network.execute(connector::connect);
    network.repeat(this::tick, Math.min(LONGEST_TICK, options.lease().toNanos() / 20));
  }

  /** Makes a call and waits for its answer. */
  public <T> T perform(Call<T> call) throws InterruptedException {
    lanes.enter(call);
    call.setAwaited();
    push(call);
    return call.await();
  }

  /** Makes a call; its future is completed later. Waits only where too many calls are under way. */
  public <T> CompletableFuture<T> begin(Call<T> call) {
    lanes.enterUninterruptibly(call);
    push(call);
    return call;
  }

  private void push(Call<?> call) {
    boolean first = inbox.add(call);
    if (state == LinkState.CLOSED || (first && !network.execute(this::flush))) {
      refuseInbox();
    }
  }

  private void refuseInbox() {
    for (Call<?> call = inbox.takeAll(); call != null; call = call.next) {
      call.fail(Failure.closed(false));
      lanes.leave(call);
      call.deliver();
    }
  }

  /** Cancels what the call asked for, if it was sent (A7). */
  void withdraw(Call<?> call) {
    network.execute(() -> {
      if (call instanceof StreamCall<?> sent && session != null && outbox.isUnanswered(sent)) {
        outbox.add(new CancelCall(this, session, sent.number()));
        pump();
      }
    });
  }

  /** How the link stands. */
  public LinkState state() {
    return state;
  }

  /** Runs a listener of the user's, in order, where it can do no harm. */
  public void tell(Runnable news) {
    dispatcher.tell(news);
  }

  RuntimeException exception(Failure failure) {
    return exceptions.apply(failure);
  }

  /** Ends the session (L6) and waits so long for the server to say so. */
  public void close(long timeout, TimeUnit unit) {
    closing = true;
    network.execute(this::beginClose);
    boolean interrupted = false;
    try {
      end.get(timeout, unit);
    } catch (InterruptedException e) {
      interrupted = true;
    } catch (TimeoutException | ExecutionException e) {
      // Then without the server's word.
    }
    network.execute(this::finish);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void beginClose() {
    if (session == null) {
      finish();
    } else {
      flush();
    }
  }

  private void flush() {
    long giveUpAt = ticker.nanoTime() + options.patience().toNanos();
    Call<?> call = inbox.takeAll();
    while (call != null) {
      Call<?> following = call.next;
      call.next = null;
      call.giveUpAt = giveUpAt;
      accept(call);
      call = following;
    }
    pump();
    dispatcher.flush();
  }

  private void accept(Call<?> call) {
    if (call instanceof StreamCall<?> request) {
      outbox.add(request);
    } else if (call instanceof UnaryCall<?, ?, ?> read) {
      reads.add(read);
    }
  }

  /** Sends what can be sent. */
  private void pump() {
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
    ClientFrame.Builder frame = ClientFrame.newBuilder();
    outbox.fill(frame, open);
    to.send(frame.setFrame(lifeline.nextFrame()).build());
  }

  private void sendClose(Connection to) {
    closeSent = true;
    lifeline.fence().bringDown();
    to.send(Frames.close().setFrame(lifeline.nextFrame()).build());
  }

  private void settled(Call<?> call) {
    lanes.leave(call);
    dispatcher.settled(call);
  }

  private void settledAlone(Call<?> call) {
    settled(call);
    dispatcher.flush();
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
  public void connected(Connection connection, ServerFrame first) {
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
    onFrame(connection, first);
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
    session = new Session(opened.getSessionId(), lifeline);
    lifeline.granted(Durations.fromWire(opened.getLease()).toNanos());
    lifeline.renewedThrough(1);
    outbox.setWindow(Math.max(1, opened.getMaxOutstanding()));
    listener.opened();
  }

  private void resumed(ServerFrame first) {
    if (session != null) {
      session.holdings().retain(first.getResumed().getHeldGrants());
      outbox.sendAgain();
      listener.resumed();
    }
  }

  @Override
  public void onFrame(Connection from, ServerFrame frame) {
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
    for (Reply reply : frame.getRepliesList()) {
      over |= isSessionLost(outbox.answered(reply, open));
    }
    frame.getRecallsList().forEach(open.holdings()::recalled);
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
    if (isSessionLost(Failures.of(status, trailers))) {
      lose();
    } else {
      broken();
    }
    dispatcher.flush();
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
    outbox.giveUpAt(ticker.nanoTime() + options.patience().toNanos());
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
    lost.holdings().loseAll();
    outbox.sessionLost();
    outbox.giveUpAt(ticker.nanoTime() + options.patience().toNanos());
    listener.lost();
    connector.connect();
  }

  private void tick() {
    connector.tick();
    loseIfFenced();
    if (session != null && !closing && lifeline.jeopardyBegins()) {
      listener.jeopardy(lifeline.fence().remaining());
      if (current != null) {
        broken();
      }
    }
    if (session != null && current != null && !connector.isTrying() && lifeline.heartbeatDue()) {
      sendFrame(current, session);
    }
    Failure noServer = Failure.unavailable("no server answered within " + options.patience());
    if (current == null) {
      outbox.giveUp(ticker.nanoTime(), noServer);
    }
    reads.giveUp(ticker.nanoTime(), noServer);
    pump();
    dispatcher.flush();
  }

  private void finish() {
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
    refuseInbox();
    dispatcher.flush();
    listener.closed();
    end.complete(null);
    network.end();
  }
}
