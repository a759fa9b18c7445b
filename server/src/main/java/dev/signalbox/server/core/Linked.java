package dev.signalbox.server.core;

import org.jspecify.annotations.Nullable;

/** A member of at most one {@link Chain}. */
abstract class Linked {
  @Nullable Linked previous;
  @Nullable Linked next;
}
