package dev.signalbox.benchmarks.bare;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Natural batching: what comes while the event loop is busy, or the transport is, goes into the
 * next frame. {@link #add} from any thread.
 */
final class Batcher<T> {
  private final Queue<T> queue = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final Executor loop;
  private final BooleanSupplier ready;
  private final Consumer<List<T>> frames;

  Batcher(Executor loop, BooleanSupplier ready, Consumer<List<T>> frames) {
    this.loop = loop;
    this.ready = ready;
    this.frames = frames;
  }

  void add(T item) {
    queue.add(item);
    if (!scheduled.get() && scheduled.compareAndSet(false, true)) {
      loop.execute(this::send);
    }
  }

  /** Sends what is there, if the transport takes it. On the loop only. */
  void send() {
    scheduled.set(false);
    while (ready.getAsBoolean()) {
      List<T> frame = new ArrayList<>();
      for (T item = queue.poll(); item != null; item = queue.poll()) {
        frame.add(item);
      }
      if (frame.isEmpty()) {
        return;
      }
      frames.accept(frame);
    }
  }
}
