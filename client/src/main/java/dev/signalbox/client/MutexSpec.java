package dev.signalbox.client;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What a mutex shall be like (M1). Immutable: each method returns a changed copy. Ranges are
 * checked by the service, which answers with {@link SignalboxException.InvalidArgument}.
 */
public final class MutexSpec {
  private final Optional<Duration> idleTtl;
  private final IfExists ifExists;

  private MutexSpec(Optional<Duration> idleTtl, IfExists ifExists) {
    this.idleTtl = idleTtl;
    this.ifExists = ifExists;
  }

  /** A mutex that nobody owns at birth. */
  public static MutexSpec unowned() {
    return new MutexSpec(Optional.empty(), IfExists.OPEN);
  }

  /** The mutex is deleted when it has been idle this long (O5): 1 s to 365 days. */
  public MutexSpec idleTtl(Duration ttl) {
    return new MutexSpec(Optional.of(ttl), ifExists);
  }

  /**
   * What to do if the name exists with another configuration (O2); {@link IfExists#OPEN} unless
   * said.
   */
  public MutexSpec ifExists(IfExists choice) {
    return new MutexSpec(idleTtl, Objects.requireNonNull(choice));
  }

  Optional<Duration> idleTtl() {
    return idleTtl;
  }

  IfExists ifExists() {
    return ifExists;
  }
}
