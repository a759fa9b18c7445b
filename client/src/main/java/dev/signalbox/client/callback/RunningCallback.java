package dev.signalbox.client.callback;

import dev.signalbox.client.Permit;

/** A callback's own view of its run. */
final class RunningCallback extends Registrar implements CallbackInstance {
  private final IntentBook book;
  private final SubmittedCallback run;

  RunningCallback(IntentBook book, SubmittedCallback run) {
    super(book, false);
    this.book = book;
    this.run = run;
  }

  @Override
  public Intents onSuccess() {
    return new Registrar(book, true);
  }

  @Override
  public boolean isCancelled() {
    return book.isLost();
  }

  @Override
  public void keepWhenCallbackReturns(Permit permit) {
    book.withdraw(permit);
  }

  @Override
  public boolean callbackMayRunLong() {
    return run.mayRunLong();
  }

  @Override
  public void disassociateCurrentThread() {
    run.disassociate();
  }
}
