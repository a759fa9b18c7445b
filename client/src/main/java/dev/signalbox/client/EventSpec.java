package dev.signalbox.client;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What an event shall be like (V1, V3). Immutable: each method returns a changed copy. Ranges are
 * checked by the service, which answers with {@link SignalboxException.InvalidArgument}.
 */
public final class EventSpec {
  private final boolean manualReset;
  private final boolean initiallySet;
  private final Optional<Duration> idleTtl;
  private final IfExists ifExists;

  private EventSpec(
      boolean manualReset, boolean initiallySet, Optional<Duration> idleTtl, IfExists ifExists) {
    this.manualReset = manualReset;
    this.initiallySet = initiallySet;
    this.idleTtl = idleTtl;
    this.ifExists = ifExists;
  }

  /** An event, not set at birth, that lets one waiter through each time it is set. */
  public static EventSpec autoReset() {
    return new EventSpec(false, false, Optional.empty(), IfExists.OPEN);
  }

  /** An event, not set at birth, that lets everybody through from when it is set to its reset. */
  public static EventSpec manualReset() {
    return new EventSpec(true, false, Optional.empty(), IfExists.OPEN);
  }

  /** The event is set at birth. */
  public EventSpec initiallySet() {
    return new EventSpec(manualReset, true, idleTtl, ifExists);
  }

  /** The event is deleted when it has been idle this long (O5): 1 s to 365 days. */
  public EventSpec idleTtl(Duration ttl) {
    return new EventSpec(manualReset, initiallySet, Optional.of(ttl), ifExists);
  }

  /**
   * What to do if the name exists with another configuration (O2); {@link IfExists#OPEN} unless
   * said. An event of the other way of reset cannot be changed into this one.
   */
  public EventSpec ifExists(IfExists choice) {
    return new EventSpec(manualReset, initiallySet, idleTtl, Objects.requireNonNull(choice));
  }

  boolean isManualReset() {
    return manualReset;
  }

  boolean isInitiallySet() {
    return initiallySet;
  }

  Optional<Duration> idleTtl() {
    return idleTtl;
  }

  IfExists ifExists() {
    return ifExists;
  }
}
