package dev.signalbox.systemtests.oracle;

import dev.signalbox.client.AccessRight;
import dev.signalbox.client.ObjectKind;
import java.util.Set;

/**
 * A handle of the model: what an object was opened as. Ours belong to a client each, so every
 * session that uses it opens the object with the same rights.
 *
 * @param kind of the object
 * @param object our name of it
 * @param rights what may be done through it
 */
record Handle(ObjectKind kind, String object, Set<AccessRight> rights) {
  /** Whether its counts can be seen. */
  boolean showsCounts() {
    return kind == ObjectKind.SEMAPHORE && rights.contains(AccessRight.QUERY_STATE);
  }
}
