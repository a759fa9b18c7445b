package dev.signalbox.systemtests.oracle;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A thread with a session of its own. */
final class ThreadActor implements Actor {
  private final Session session;
  private final ExecutorService thread;

  ThreadActor(Session session) {
    this.session = session;
    thread =
        Executors.newSingleThreadExecutor(task -> {
          Thread one = new Thread(task, "oracle-" + session.name());
          one.setDaemon(true);
          return one;
        });
  }

  @Override
  public CompletableFuture<Answer> start(Job job) {
    Turn turn = Turn.of(job);
    thread.execute(() -> turn.perform(session));
    return turn.answer();
  }

  @Override
  public Session session() {
    return session;
  }

  /** Its call ends with it, and is out of every queue before nothing is heard of it any more. */
  @Override
  public void vanish(Scene scene) throws InterruptedException {
    end();
    for (Handle handle : scene.handles().all()) {
      Patience.await(
          session.name() + " to leave the queue of " + handle.object(),
          () -> !scene.view().waits(session.name(), handle));
    }
    scene.vanish(session);
  }

  @Override
  public void end() {
    thread.shutdownNow();
  }
}
