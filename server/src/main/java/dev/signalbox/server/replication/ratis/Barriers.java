package dev.signalbox.server.replication.ratis;

import dev.signalbox.server.core.Entry;
import dev.signalbox.server.replication.codec.EntryCodec;
import java.util.ArrayList;
import java.util.List;
import org.apache.ratis.protocol.RaftClientReply;
import org.jspecify.annotations.Nullable;

/**
 * Proves that this node leads at a moment after it was asked to: an entry of its own, without
 * commands, that a majority has taken since. One is on its way at a time; who asks meanwhile waits
 * for the next. A node that is its own majority needs no proof.
 *
 * <p>The engine's own read index will not do: it takes a majority's earlier word for an index to be
 * good for ever, so a leader that was cut off goes on confirming itself. Thread-safe.
 */
final class Barriers {
  /** A time before the machine's own lets no time pass. */
  private static final byte[] ENTRY = EntryCodec.encode(new Entry(0, 0, 0, List.of()));

  private final Engine engine;

  // Guarded by this.
  private List<Asked> waiting = new ArrayList<>();
  private boolean running;

  Barriers(Engine engine) {
    this.engine = engine;
  }

  /** Runs one of the two; everything acknowledged before the call is then applied here. */
  void reach(Runnable reached, Runnable otherwise) {
    if (engine.isAlone()) {
      reached.run();
      return;
    }
    synchronized (this) {
      waiting.add(new Asked(reached, otherwise));
      if (running) {
        return;
      }
      running = true;
    }
    write();
  }

  private void write() {
    List<Asked> asked = take();
    if (!asked.isEmpty()) {
      var unused =
          engine
              .write(engine.nextCall(), ENTRY)
              .whenComplete((reply, problem) -> done(asked, succeeded(reply, problem)));
    }
  }

  private void done(List<Asked> asked, boolean reached) {
    for (Asked one : asked) {
      (reached ? one.reached : one.otherwise).run();
    }
    write();
  }

  private synchronized List<Asked> take() {
    List<Asked> taken = waiting;
    waiting = new ArrayList<>();
    running = !taken.isEmpty();
    return taken;
  }

  private static boolean succeeded(@Nullable RaftClientReply reply, @Nullable Throwable problem) {
    return problem == null && reply != null && reply.isSuccess();
  }

  private record Asked(Runnable reached, Runnable otherwise) {}
}
