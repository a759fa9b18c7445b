package dev.signalbox.client.callback;

import dev.signalbox.client.LossReason;
import dev.signalbox.client.Permit;
import dev.signalbox.client.fixtures.Stub;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A permit that a test can lose. */
public final class FakePermit {
  private final String semaphore;
  private final Executor news;
  private final List<Consumer<LossReason>> listeners = new CopyOnWriteArrayList<>();
  private final AtomicInteger closed = new AtomicInteger();
  private volatile String id = "1f";
  private volatile boolean held = true;
  private final Permit permit = Stub.of(Permit.class, this);

  FakePermit(String semaphore, Executor news) {
    this.semaphore = semaphore;
    this.news = news;
  }

  Permit get() {
    return permit;
  }

  /** A receipt for what was consumed: nothing of it is held. */
  void consumed() {
    id = "";
  }

  void lose(LossReason why) {
    held = false;
    news.execute(() -> listeners.forEach(listener -> listener.accept(why)));
  }

  int timesClosed() {
    return closed.get();
  }

  /** {@link Permit#id}. */
  public String id() {
    return id;
  }

  /** {@link Permit#ensureHeld}. */
  public void ensureHeld() {
    if (!held || id.isEmpty()) {
      throw new IllegalStateException("not held");
    }
  }

  /** {@link Permit#semaphore}. */
  public String semaphore() {
    return semaphore;
  }

  /** {@link Permit#onLost}. */
  public void onLost(Consumer<LossReason> listener) {
    listeners.add(listener);
  }

  /** {@link Permit#close}. */
  public void close() {
    closed.incrementAndGet();
  }

  @Override
  public String toString() {
    return "permit of " + semaphore;
  }
}
