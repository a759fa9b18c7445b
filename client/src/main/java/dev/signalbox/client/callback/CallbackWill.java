package dev.signalbox.client.callback;

import dev.signalbox.client.LastWill;
import dev.signalbox.client.ReleaseItem;
import dev.signalbox.client.SignalboxClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The last will of one callback: its crash-safe signals, in the service's keeping from their
 * registration until the callback has returned (L8). Thread-safe. The lock is held while the
 * service is asked, so that the will only grows; no user code runs meanwhile.
 */
final class CallbackWill {
  private final IntentBook book;
  private final SignalboxClient client;
  private final ReentrantLock lock = new ReentrantLock();
  private List<ReleaseItem.Signal> signals = List.of();
  private @Nullable LastWill will;

  CallbackWill(IntentBook book, SignalboxClient client) {
    this.book = book;
    this.client = client;
  }

  /** Registers a signal, or throws and does not. */
  void add(Intent.Signal signal) {
    try {
      lock.lockInterruptibly();
      try {
        addInTurn(signal);
      } finally {
        lock.unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException(
          "interrupted before the service had taken note of the signal: it is not registered");
    }
  }

  private void addInTurn(Intent.Signal signal) throws InterruptedException {
    book.reserve(signal);
    boolean confirmed = false;
    try {
      leave(with(signal.item()));
      confirmed = true;
    } finally {
      if (!confirmed) {
        book.cancelReservation();
      }
    }
  }

  private List<ReleaseItem.Signal> with(ReleaseItem.Signal another) {
    List<ReleaseItem.Signal> longer = new ArrayList<>(signals);
    longer.add(another);
    return List.copyOf(longer);
  }

  private void leave(List<ReleaseItem.Signal> longer) throws InterruptedException {
    if (will == null) {
      will = client.leaveWill(longer);
    } else {
      replace(will, longer);
    }
    signals = longer;
  }

  private void replace(LastWill left, List<ReleaseItem.Signal> longer) throws InterruptedException {
    try {
      left.replace(longer);
    } catch (InterruptedException e) {
      var unused = left.replaceAsync(signals);
      throw e;
    }
  }

  /**
   * What the service keeps when nothing can be registered any more; null if that is nothing. Waits
   * for a registration under way, which ends with its answer or with the session.
   */
  @Nullable LeftWill inTheEnd() {
    lock.lock();
    try {
      return will == null ? null : new LeftWill(will, signals);
    } finally {
      lock.unlock();
    }
  }
}
