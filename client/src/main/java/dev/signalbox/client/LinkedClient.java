package dev.signalbox.client;

import dev.signalbox.client.internal.LinkListener;
import dev.signalbox.client.internal.LinkOptions;
import dev.signalbox.client.internal.SessionLink;
import dev.signalbox.client.internal.Surroundings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A client over one link. */
final class LinkedClient implements SignalboxClient {
  private static final long LONGEST_FAREWELL_MILLIS = 2_000;

  private final List<SessionListener> listeners = new CopyOnWriteArrayList<>();
  private final AtomicLong wills = new AtomicLong();
  private final SessionLink link;
  private final Semaphores semaphores;
  private final Mutexes mutexes;
  private final Events events;
  private final Sessions sessions;
  private final StandaloneGrants standaloneGrants;

  private LinkedClient(
      LinkOptions options, List<SessionListener> listeners, @Nullable Executor executor) {
    this.listeners.addAll(listeners);
    link = new SessionLink(options, new News(), executor, Exceptions::of);
    semaphores = new LinkedSemaphores(link);
    mutexes = new LinkedMutexes(link);
    events = new LinkedEvents(link);
    sessions = new LinkedSessions(link);
    standaloneGrants = new LinkedStandaloneGrants(link, options.clientName());
  }

  static SignalboxClient start(
      LinkOptions options,
      List<SessionListener> listeners,
      @Nullable Executor executor,
      Surroundings surroundings) {
    LinkedClient client = new LinkedClient(options, listeners, executor);
    surroundings.entered(client, client.link);
    client.link.start();
    return client;
  }

  @Override
  public Semaphores semaphores() {
    return semaphores;
  }

  @Override
  public Mutexes mutexes() {
    return mutexes;
  }

  @Override
  public Events events() {
    return events;
  }

  @Override
  public Sessions sessions() {
    return sessions;
  }

  @Override
  public StandaloneGrants standaloneGrants() {
    return standaloneGrants;
  }

  @Override
  public Optional<Permit> acquire(Acquire acquire) throws InterruptedException {
    return link.perform(AcquireCall.ifGranted(link, Wanted.of(acquire)));
  }

  @Override
  public CompletableFuture<Optional<Permit>> acquireAsync(Acquire acquire) {
    return link.begin(AcquireCall.ifGranted(link, Wanted.of(acquire)));
  }

  @Override
  public List<ReleaseResult> release(List<ReleaseItem> items) throws InterruptedException {
    return link.perform(ReleaseCall.ofMany(link, items, null));
  }

  @Override
  public CompletableFuture<List<ReleaseResult>> releaseAsync(List<ReleaseItem> items) {
    return link.begin(ReleaseCall.ofMany(link, items, null));
  }

  @Override
  public ReleasedAndAcquired releaseAndAcquire(List<ReleaseItem> items, Acquire acquire)
      throws InterruptedException {
    return link.perform(new ReleaseAndAcquireCall(link, items, Wanted.of(acquire)));
  }

  @Override
  public CompletableFuture<ReleasedAndAcquired> releaseAndAcquireAsync(
      List<ReleaseItem> items, Acquire acquire) {
    return link.begin(new ReleaseAndAcquireCall(link, items, Wanted.of(acquire)));
  }

  @Override
  public LastWill leaveWill(List<ReleaseItem.Signal> signals) throws InterruptedException {
    return link.perform(will(signals));
  }

  @Override
  public CompletableFuture<LastWill> leaveWillAsync(List<ReleaseItem.Signal> signals) {
    return link.begin(will(signals));
  }

  private WillCall will(List<ReleaseItem.Signal> signals) {
    LinkedWill will = new LinkedWill(link, wills.incrementAndGet());
    return WillCall.leaving(link, will, signals);
  }

  @Override
  public ClientState state() {
    return switch (link.state()) {
      case CONNECTING -> ClientState.CONNECTING;
      case CONNECTED -> ClientState.CONNECTED;
      case DISCONNECTED -> ClientState.DISCONNECTED;
      case CLOSED -> ClientState.CLOSED;
    };
  }

  @Override
  public void addListener(SessionListener listener) {
    listeners.add(listener);
  }

  @Override
  public void removeListener(SessionListener listener) {
    listeners.remove(listener);
  }

  @Override
  public void close() {
    link.close(LONGEST_FAREWELL_MILLIS, TimeUnit.MILLISECONDS);
    OpenClients.remove(this);
  }

  /** Takes the link's news to the listeners. */
  private final class News implements LinkListener {
    private void tell(Consumer<SessionListener> news) {
      listeners.forEach(listener -> link.tell(() -> news.accept(listener)));
    }

    @Override
    public void opened() {
      tell(SessionListener::sessionOpened);
    }

    @Override
    public void disconnected() {
      tell(SessionListener::disconnected);
    }

    @Override
    public void resumed() {
      tell(SessionListener::sessionResumed);
    }

    @Override
    public void jeopardy(long remainingNanos) {
      tell(listener -> listener.jeopardy(Duration.ofNanos(remainingNanos)));
    }

    @Override
    public void lost() {
      tell(SessionListener::sessionLost);
    }

    @Override
    public void closed() {
      tell(SessionListener::closed);
    }
  }
}
