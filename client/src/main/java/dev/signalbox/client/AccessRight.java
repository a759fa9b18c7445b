package dev.signalbox.client;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * What one handle may be used for (X2). Rights belong to the handle: two handles of one name do not
 * influence each other, and giving back one's own {@link Permit} needs none (X1).
 */
public enum AccessRight {
  /**
   * To acquire: {@link RemoteSemaphore#acquire()} and its forms, {@link RemoteSemaphore#drain}, and
   * being a part of an {@link Acquire}.
   */
  SYNCHRONIZE,
  /**
   * To release by number: {@link RemoteSemaphore#release}, and being the signal of an atomic
   * release, of a last will or of a callback's return.
   */
  MODIFY_STATE,
  /** To look: {@link RemoteSemaphore#info()} and its forms. */
  QUERY_STATE;

  private static final Set<AccessRight> ALL =
      Collections.unmodifiableSet(EnumSet.allOf(AccessRight.class));

  /** All of them: what a handle has unless fewer were asked for. Cannot be changed. */
  public static Set<AccessRight> all() {
    return ALL;
  }
}
