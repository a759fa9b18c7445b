package dev.signalbox.cli;

import dev.signalbox.client.Acquire;
import dev.signalbox.client.Permit;
import dev.signalbox.client.SignalboxClient;
import dev.signalbox.client.SignalboxException.SessionLost;
import java.util.Optional;
import java.util.function.Consumer;

/** Waits in line for as long as was asked for, over the loss of a session if need be. */
final class Queueing {
  private final SignalboxClient client;
  private final WantedOptions wanted;
  private final Consumer<String> say;

  Queueing(SignalboxClient client, WantedOptions wanted, Consumer<String> say) {
    this.client = client;
    this.wanted = wanted;
    this.say = say;
  }

  Optional<Permit> acquire() throws InterruptedException {
    long since = System.nanoTime();
    while (true) {
      try {
        Acquire acquire = wanted.acquire(client, System.nanoTime() - since);
        return client.acquire(acquire);
      } catch (SessionLost e) {
        say.accept("the session was lost while waiting; waiting anew, as the last in line");
      }
    }
  }
}
