package dev.signalbox.client.callback;

import dev.signalbox.client.RemoteEvent;
import dev.signalbox.client.RemoteSemaphore;

/** Writes signals into a callback's will as well; everything else as for any return (L8). */
final class CrashSafeRegistrar extends Registrar {
  private final CallbackWill will;

  CrashSafeRegistrar(IntentBook book, CallbackWill will) {
    super(book, false);
    this.will = will;
  }

  @Override
  public void releaseSemaphoreWhenCallbackReturns(RemoteSemaphore semaphore, int permits) {
    will.add(new Intent.Signal(semaphore, permits, false));
  }

  @Override
  public void setEventWhenCallbackReturns(RemoteEvent event) {
    will.add(new Intent.Signal(event, false));
  }
}
