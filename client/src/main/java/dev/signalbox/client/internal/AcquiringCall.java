package dev.signalbox.client.internal;

/** A request that may wait in a queue of the service, and can be cancelled there (A7). */
public abstract class AcquiringCall<T> extends MessageCall<T> {
  /** A call on the given link. */
  protected AcquiringCall(SessionLink link) {
    super(link);
  }

  @Override
  boolean isCancellable() {
    return true;
  }

  @Override
  Lanes.Kind lane() {
    return Lanes.Kind.WAITING;
  }
}
