package dev.signalbox.client.callback;

import dev.signalbox.client.SignalboxClient;

/** A callback's own view of its run. */
final class RunningCallback extends Registrar implements CallbackInstance {
  private final IntentBook book;
  private final SignalboxClient client;

  RunningCallback(IntentBook book, SignalboxClient client) {
    super(book, false);
    this.book = book;
    this.client = client;
  }

  @Override
  public Intents onSuccess() {
    return new Registrar(book, true);
  }

  @Override
  public Intents crashSafe() {
    return new CrashSafeRegistrar(book, book.will(client));
  }

  @Override
  public boolean isCancelled() {
    return book.isLost();
  }
}
