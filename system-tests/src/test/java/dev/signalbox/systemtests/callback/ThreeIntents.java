package dev.signalbox.systemtests.callback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.client.EventSpec;
import dev.signalbox.client.ObjectKind;
import dev.signalbox.client.RemoteEvent;
import dev.signalbox.client.RemoteSemaphore;
import dev.signalbox.client.SemaphoreInfo;
import dev.signalbox.client.SemaphoreSpec;
import dev.signalbox.client.SignalboxClient;
import dev.signalbox.client.callback.Intents;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What each callback is to do when it returns: release one permit of {@link #ONE}, two of {@link
 * #TWO} and set an event. Nobody ever takes a permit, so the two counts tell how often.
 */
final class ThreeIntents {
  static final String ONE = "million/one";
  static final String TWO = "million/two";
  private static final String EVENT = "million/event-";
  private static final String ALL = "million/";

  private final SignalboxClient client;
  private final RemoteSemaphore one;
  private final RemoteSemaphore two;

  ThreeIntents(SignalboxClient client) throws InterruptedException {
    SemaphoreSpec empty = SemaphoreSpec.max(Integer.MAX_VALUE).initial(0);
    this.client = client;
    one = client.semaphores().create(ONE, empty);
    two = client.semaphores().create(TWO, empty);
  }

  /** Makes so many events, none of them set, each of which lets one through when it is set. */
  List<RemoteEvent> createEvents(int number) {
    List<CompletableFuture<RemoteEvent>> events = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      events.add(client.events().createAsync(EVENT + i, EventSpec.autoReset()));
    }
    return events.stream().map(CompletableFuture::join).toList();
  }

  /** Registers them. */
  void register(Intents intents, RemoteEvent event) {
    intents.releaseSemaphoreWhenCallbackReturns(one, 1);
    intents.releaseSemaphoreWhenCallbackReturns(two, 2);
    intents.setEventWhenCallbackReturns(event);
  }

  /** Fails unless so many callbacks' intents were applied, and no event is set at this moment. */
  void checkApplied(String when, int callbacks) throws InterruptedException {
    List<SemaphoreInfo> all = client.semaphores().list(ALL);
    assertThat(count(all, ONE)).as("permits of one, " + when).isEqualTo(callbacks);
    assertThat(count(all, TWO)).as("permits of two, " + when).isEqualTo(2 * callbacks);
    assertThat(all.stream().filter(each -> each.kind() == ObjectKind.EVENT && each.count() > 0))
        .as("events that are set, " + when)
        .isEmpty();
  }

  private static int count(List<SemaphoreInfo> all, String name) {
    return all.stream().filter(each -> each.name().equals(name)).findAny().orElseThrow().count();
  }
}
