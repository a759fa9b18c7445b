package dev.signalbox.client.internal;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A client's link to the service: makes calls and settles them once each, over a session that it
 * keeps for as long as it is open. Thread-safe.
 */
public final class SessionLink {
  private static final long LONGEST_TICK = TimeUnit.MILLISECONDS.toNanos(250);

  private final Function<Failure, RuntimeException> exceptions;
  private final NetworkThread network = new NetworkThread();
  private final Inbox inbox = new Inbox();
  private final Lanes lanes = new Lanes();
  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private final Dispatcher dispatcher;
  private final SessionKeeper keeper;
  private final long tickPeriod;
  private final Ticker ticker;
  private final Set<Watch> watches = ConcurrentHashMap.newKeySet();

  /** What wants to know of the link's time. Network thread; must not run user code. */
  public interface Watch {
    /** A few times a second. */
    void tick();

    /** The session is about to be closed; calls that begin now are still made. */
    void closing();
  }

  /**
   * A link that is not started.
   *
   * @param executor completes futures; null: a thread of the link
   * @param exceptions how callers see failures
   */
  public SessionLink(
      LinkOptions options,
      LinkListener listener,
      @Nullable Executor executor,
      Function<Failure, RuntimeException> exceptions) {
    this.exceptions = exceptions;
    dispatcher = new Dispatcher(lanes, executor);
    keeper = new SessionKeeper(options, listener, network, dispatcher);
    ticker = options.ticker();
    tickPeriod = Math.min(LONGEST_TICK, options.lease().toNanos() / 20);
  }

  /** Starts to connect. Once. */
  public void start() {
    network.execute(keeper::start);
    network.repeat(this::tick, tickPeriod);
  }

  /** Looks at the clock. Network thread. */
  void tick() {
    keeper.tick();
    watches.forEach(Watch::tick);
  }

  /** Tells it, until {@link #unwatch}. */
  public void watch(Watch watch) {
    watches.add(watch);
  }

  /** See {@link #watch}. */
  public void unwatch(Watch watch) {
    watches.remove(watch);
  }

  /** What the link's clock says. */
  public long nanoTime() {
    return ticker.nanoTime();
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
    if (state() == LinkState.CLOSED || (first && !network.execute(this::flush))) {
      refuseInbox();
    }
  }

  /** Takes over what was asked for. Network thread. */
  void flush() {
    Call<?> call = inbox.takeAll();
    long giveUpAt = keeper.giveUpTime();
    while (call != null) {
      Call<?> following = call.next;
      call.next = null;
      call.giveUpAt = giveUpAt;
      keeper.accept(call);
      call = following;
    }
    keeper.pump();
    dispatcher.flush();
  }

  private void refuseInbox() {
    for (Call<?> call = inbox.takeAll(); call != null; call = call.next) {
      call.fail(Failure.closed(false));
      lanes.turnBack(call);
      call.deliver();
    }
  }

  /** Cancels what the call asked for, if it was made (A7). */
  void withdraw(Call<?> call) {
    if (call instanceof StreamCall<?> request) {
      network.execute(() -> keeper.cancel(this, request));
    } else if (call instanceof UnaryCall<?, ?, ?> unary) {
      network.execute(() -> keeper.hangUp(unary));
    }
  }

  RuntimeException exception(Failure failure) {
    return exceptions.apply(failure);
  }

  /** How the link stands. */
  public LinkState state() {
    return keeper.state();
  }

  /** Runs a listener of the user's, in order, where it can do no harm. */
  public void tell(Runnable news) {
    dispatcher.tell(news);
  }

  /**
   * Ends the session (L6) and waits so long for the server to say so. What was asked for before is
   * sent.
   */
  public void close(long timeout, TimeUnit unit) {
    network.execute(this::farewell);
    network.execute(() -> keeper.close(() -> end.complete(null)));
    awaitEnd(timeout, unit);
    network.execute(this::finish);
  }

  private void farewell() {
    watches.forEach(Watch::closing);
    flush();
  }

  /**
   * An interrupt does not shorten the farewell: without it the permits would wait for the lease.
   */
  private void awaitEnd(long timeout, TimeUnit unit) {
    boolean interrupted = Thread.interrupted();
    long deadline = System.nanoTime() + unit.toNanos(timeout);
    while (!end.isDone() && System.nanoTime() < deadline) {
      try {
        end.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        interrupted = true;
      } catch (TimeoutException | ExecutionException e) {
        // Then without the server's word.
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void finish() {
    keeper.finish();
    refuseInbox();
    dispatcher.flush();
    dispatcher.end();
    network.end();
  }

  /** Ends it as if the process had died: the server hears nothing but that the stream broke. */
  void crash() {
    network.execute(() -> keeper.crash(() -> end.complete(null)));
    network.execute(this::finish);
  }

  NetworkThread network() {
    return network;
  }

  SessionKeeper keeper() {
    return keeper;
  }

  Dispatcher dispatcher() {
    return dispatcher;
  }
}
