package dev.signalbox.server.core;

import dev.signalbox.server.core.model.Subject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The machine itself, as a subject. */
final class MachineSubject implements Subject {
  private final Machine machine;
  private List<Outcome> lastOutcomes = List.of();

  MachineSubject(Machine machine) {
    this.machine = machine;
  }

  @Override
  public List<Outcome> apply(Entry entry) {
    lastOutcomes = machine.apply(entry);
    return lastOutcomes;
  }

  /** What the last entry had to tell. */
  List<Outcome> lastOutcomes() {
    return lastOutcomes;
  }

  @Override
  public long now() {
    return machine.now();
  }

  @Override
  public long nextDeadline() {
    return machine.nextDeadline();
  }

  @Override
  public @Nullable SemaphoreView semaphore(String name, long at, int maxListed) {
    return machine.semaphore(name, at, maxListed);
  }

  @Override
  public List<SemaphoreView> semaphores(String prefix, String after, int max, long at) {
    return machine.semaphores(prefix, after, max, at);
  }

  @Override
  public @Nullable SessionView session(SessionId id) {
    return machine.session(id);
  }

  @Override
  public @Nullable SessionView holder(GrantId grant) {
    return machine.holder(grant);
  }

  @Override
  public List<SessionView> sessions(long after, int max) {
    return machine.sessions(after, max);
  }
}
