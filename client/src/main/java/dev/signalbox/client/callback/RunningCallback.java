package dev.signalbox.client.callback;

/** A callback's own view of its run. */
final class RunningCallback extends Registrar implements CallbackInstance {
  private final IntentBook book;

  RunningCallback(IntentBook book) {
    super(book, false);
    this.book = book;
  }

  @Override
  public Intents onSuccess() {
    return new Registrar(book, true);
  }

  @Override
  public boolean isCancelled() {
    return book.isLost();
  }
}
