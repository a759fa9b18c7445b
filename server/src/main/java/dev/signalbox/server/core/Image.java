package dev.signalbox.server.core;

/** A piece of a snapshot: see {@link Machine#writeTo}. */
public sealed interface Image {
  /** Placeholder. */
  record Header() implements Image {}
}
