package dev.signalbox.client;

/** What creating does when the name exists with another configuration (O2). */
public enum IfExists {
  /**
   * Keep the existing configuration: {@link RemoteObject#alreadyExisted} says so, its info has it.
   */
  OPEN,
  /** Fail with {@link SignalboxException.AlreadyExists}. */
  FAIL,
  /** Change the existing configuration, as far as it can be changed (O6). */
  UPDATE
}
