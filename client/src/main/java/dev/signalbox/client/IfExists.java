package dev.signalbox.client;

/** What creating does when the name exists with another configuration (O2). */
public enum IfExists {
  /** Keep the existing configuration; the handle reports it. */
  OPEN,
  /** Fail with {@link SignalboxException.AlreadyExists}. */
  FAIL,
  /** Change the existing configuration, as far as it can be changed (O6). */
  UPDATE
}
