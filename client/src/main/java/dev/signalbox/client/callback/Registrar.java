package dev.signalbox.client.callback;

import dev.signalbox.client.Permit;
import dev.signalbox.client.RemoteEvent;
import dev.signalbox.client.RemoteMutex;
import dev.signalbox.client.RemoteSemaphore;
import java.util.concurrent.locks.Lock;

/** Writes intents into a callback's book, all of them for any return or all for success. */
class Registrar implements Intents {
  private final IntentBook book;
  private final boolean onSuccess;

  Registrar(IntentBook book, boolean onSuccess) {
    this.book = book;
    this.onSuccess = onSuccess;
  }

  @Override
  public void releaseWhenCallbackReturns(Permit permit) {
    book.add(new Intent.GiveBack(permit, onSuccess));
    permit.onLost(reason -> book.permitLost());
  }

  @Override
  public void releaseSemaphoreWhenCallbackReturns(RemoteSemaphore semaphore, int permits) {
    book.add(new Intent.Signal(semaphore, permits, onSuccess));
  }

  @Override
  public void releaseMutexWhenCallbackReturns(RemoteMutex mutex) {
    book.add(new Intent.ReleaseMutex(mutex, onSuccess));
  }

  @Override
  public void setEventWhenCallbackReturns(RemoteEvent event) {
    book.add(new Intent.SetEvent(event, onSuccess));
  }

  @Override
  public void unlockWhenCallbackReturns(Lock lock) {
    book.add(new Intent.Unlock(lock, onSuccess));
  }

  @Override
  public void closeWhenCallbackReturns(AutoCloseable resource) {
    book.add(new Intent.Close(resource, onSuccess));
  }
}
