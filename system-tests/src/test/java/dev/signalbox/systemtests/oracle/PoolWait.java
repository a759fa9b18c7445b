package dev.signalbox.systemtests.oracle;

import dev.signalbox.client.Acquire;
import dev.signalbox.client.Permit;
import dev.signalbox.client.callback.CallbackInstance;
import dev.signalbox.client.callback.CallbackState;
import dev.signalbox.client.callback.CallbackSubmitter;
import dev.signalbox.client.callback.WaitHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A wait object of the model. It can be set to another object each time, so every setting is a wait
 * of its own here. What a wait takes is kept, as in the model. Thread-safe.
 */
final class PoolWait {
  private final String name;
  private final Scene scene;
  private final Session session;
  private final CallbackSubmitter submitter;
  private final @Nullable String group;
  private final AtomicInteger runs = new AtomicInteger();
  private final List<Setting> settings = new ArrayList<>();

  /**
   * One that is not set.
   *
   * @param name for its events
   * @param scene where
   * @param session its pool's
   * @param submitter its pool, or its group
   * @param group the name of the group; null: none
   */
  PoolWait(
      String name,
      Scene scene,
      Session session,
      CallbackSubmitter submitter,
      @Nullable String group) {
    this.name = name;
    this.scene = scene;
    this.session = session;
    this.submitter = submitter;
    this.group = group;
  }

  /** A setting, and what became of it. */
  private record Setting(Handle handle, boolean canTimeOut, WaitHandle made) {
    boolean isAcquiring() {
      return made.state() == CallbackState.ACQUIRING;
    }
  }

  /**
   * Sets it, and returns when the service has it in its queue, or has answered already.
   *
   * @param as the callback's name as an actor; null: it notes that it ran, and returns
   */
  void set(Handle handle, Optional<Duration> timeout, @Nullable String as)
      throws InterruptedException {
    Acquire acquire = Acquire.allOf(session.part(handle));
    Acquire request = timeout.map(acquire::within).orElse(acquire);
    CallbackActor actor = as == null ? null : new CallbackActor(as, name, session, scene.events());
    WaitHandle wait =
        submitter.submitWhenAcquired(request, (instance, grant) -> run(instance, grant, actor));
    if (actor != null) {
      actor.completesWith(wait);
      scene.put(actor);
    }
    Setting setting = new Setting(handle, timeout.isPresent(), wait);
    add(setting);
    Patience.await(
        name + " to wait",
        () ->
            !setting.isAcquiring()
                || scene.view().waiting(session.name(), handle) >= acquiring(handle));
  }

  private void run(
      CallbackInstance instance, Optional<Permit> grant, @Nullable CallbackActor actor) {
    grant.ifPresent(instance::keepWhenCallbackReturns);
    if (actor == null) {
      String result = grant.isPresent() ? Win32.WAIT_OBJECT_0 : Win32.WAIT_TIMEOUT;
      scene.events().add(Events.ran(name, runs.incrementAndGet(), result));
    } else {
      actor.run(instance);
    }
  }

  private synchronized void add(Setting setting) {
    settings.add(setting);
  }

  private synchronized List<Setting> settings() {
    return List.copyOf(settings);
  }

  private long acquiring(Handle handle) {
    return settings().stream()
        .filter(each -> each.handle().equals(handle) && each.isAcquiring())
        .count();
  }

  /** Waits for nothing any more; callbacks that are queued still run. Returns whether it waited. */
  boolean unset() {
    boolean any = false;
    for (Setting setting : settings()) {
      any |= setting.isAcquiring() && setting.made().cancel();
    }
    return any;
  }

  /** Waits for the callbacks that are queued or run; what is not granted yet is left alone. */
  void awaitCallbacks(boolean cancel) throws InterruptedException {
    for (Setting setting : settings()) {
      if (!setting.isAcquiring()) {
        setting.made().awaitCallbacks(cancel);
      }
    }
  }

  /** The objects of which something was granted to callbacks that have not begun. */
  List<Handle> granted() {
    return settings().stream()
        .filter(each -> each.made().state() == CallbackState.QUEUED && !each.canTimeOut())
        .map(Setting::handle)
        .toList();
  }

  boolean isIn(@Nullable String name) {
    return name != null && name.equals(group);
  }
}
