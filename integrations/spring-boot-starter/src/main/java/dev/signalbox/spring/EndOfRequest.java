package dev.signalbox.spring;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;

/** Does something when a request is over. It may do it more than once. */
final class EndOfRequest implements AsyncListener {
  private final Runnable action;

  private EndOfRequest(Runnable action) {
    this.action = action;
  }

  /** At once, unless the request was left to others; then when these are done with it. */
  static void of(HttpServletRequest request, Runnable action) {
    if (!request.isAsyncStarted()) {
      action.run();
      return;
    }
    try {
      request.getAsyncContext().addListener(new EndOfRequest(action));
    } catch (IllegalStateException e) {
      action.run(); // The others were done in between.
    }
  }

  @Override
  public void onComplete(AsyncEvent event) {
    action.run();
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    action.run();
  }

  @Override
  public void onError(AsyncEvent event) {
    action.run();
  }

  /** A request that is left to others once more forgets its listeners. */
  @Override
  public void onStartAsync(AsyncEvent event) {
    event.getAsyncContext().addListener(this);
  }
}
