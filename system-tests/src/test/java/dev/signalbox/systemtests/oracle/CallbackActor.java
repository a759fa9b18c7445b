package dev.signalbox.systemtests.oracle;

import dev.signalbox.client.SignalboxException;
import dev.signalbox.client.callback.CallbackHandle;
import dev.signalbox.client.callback.CallbackInstance;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * A callback that does what it is told, step by step, and returns when it is told to. It acts in
 * the name of its pool's session, which its intents go through. Thread-safe.
 */
final class CallbackActor implements Actor {
  private final String name;
  private final String object;
  private final Session session;
  private final Events events;
  private final BlockingQueue<Turn> turns = new LinkedBlockingQueue<>();
  private final CompletableFuture<CallbackInstance> instance = new CompletableFuture<>();
  private final CompletableFuture<Answer> complete = new CompletableFuture<>();
  private final List<Registration> registrations = new ArrayList<>();
  private volatile @Nullable Thread thread;
  private volatile boolean ended;
  private volatile boolean cancelled;
  private volatile boolean markedLong;
  private volatile boolean closesLibrary;

  /**
   * A callback that has not begun.
   *
   * @param name as an actor
   * @param object the work object that it is a run of; empty: none
   * @param session its pool's
   * @param events hears that it has begun
   */
  CallbackActor(String name, String object, Session session, Events events) {
    this.name = name;
    this.object = object;
    this.session = session;
    this.events = events;
  }

  String name() {
    return name;
  }

  /** The callback itself; returns when it is told to. */
  void run(CallbackInstance run) {
    thread = Thread.currentThread();
    instance.complete(run);
    events.add(Events.started(name, object));
    try {
      Turn turn = turns.take();
      while (!ended && !turn.equals(RETURN) && turn.perform(session)) {
        turn = turns.take();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      thread = null;
    }
  }

  private static final Turn RETURN = Turn.of(session -> Answer.done());

  @Override
  public CompletableFuture<Answer> start(Job job) {
    Turn turn = Turn.of(job);
    turns.add(turn);
    return turn.answer();
  }

  /** Returns; the answer comes when all that was registered is dealt with. */
  CompletableFuture<Answer> returns() {
    turns.add(RETURN);
    return complete;
  }

  /** It is a run that this is the handle of. */
  void completesWith(CallbackHandle handle) {
    var unused = handle.completion().whenComplete((done, failure) -> completed(failure));
  }

  private void completed(@Nullable Throwable failure) {
    cancelled = failure instanceof CancellationException;
    complete.complete(Answer.done().with("completion", word(failure)));
  }

  /** Whether it will never run. */
  boolean isCancelled() {
    return cancelled;
  }

  void markLong() {
    markedLong = true;
  }

  /** Whether it, or its environment, has said that it may run long. */
  boolean isMarkedLong() {
    return markedLong;
  }

  private static String word(@Nullable Throwable failure) {
    if (failure == null) {
      return "ok";
    }
    return failure instanceof SignalboxException known
        ? known.reason()
        : failure.getClass().getSimpleName();
  }

  /** What it was registered on. Another thread may use it, too. */
  CallbackInstance instance() {
    return instance.join();
  }

  synchronized void register(Registration registration) {
    registrations.add(registration);
  }

  synchronized List<Registration> registrations() {
    return List.copyOf(registrations);
  }

  void registerLibrary() {
    closesLibrary = true;
  }

  boolean closesLibrary() {
    return closesLibrary;
  }

  @Override
  public Session session() {
    return session;
  }

  /** It never returns. Its session is that of its pool, which goes on. */
  @Override
  public void vanish(Scene scene) {
    scene.vanishWithout(session);
  }

  @Override
  public void end() {
    ended = true;
    turns.add(RETURN);
    Thread running = thread;
    if (running != null) {
      running.interrupt();
    }
  }
}
