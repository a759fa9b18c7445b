package dev.signalbox.server.core.model;

import dev.signalbox.server.core.Entry;
import dev.signalbox.server.core.GrantId;
import dev.signalbox.server.core.Machine;
import dev.signalbox.server.core.Outcome;
import dev.signalbox.server.core.SemaphoreView;
import dev.signalbox.server.core.SessionId;
import dev.signalbox.server.core.SessionView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the machine and the model have in common; every method is as {@link Machine}'s. */
public interface Subject {
  /** See {@link Machine#apply}. */
  List<Outcome> apply(Entry entry);

  /** See {@link Machine#now}. */
  long now();

  /** See {@link Machine#nextDeadline}. */
  long nextDeadline();

  /** See {@link Machine#semaphore}. */
  @Nullable SemaphoreView semaphore(String name, long at, int maxListed);

  /** See {@link Machine#semaphores}. */
  List<SemaphoreView> semaphores(String prefix, String after, int max, long at);

  /** See {@link Machine#session}. */
  @Nullable SessionView session(SessionId id);

  /** See {@link Machine#holder}. */
  @Nullable SessionView holder(GrantId grant);

  /** See {@link Machine#sessions}. */
  List<SessionView> sessions(long after, int max);
}
