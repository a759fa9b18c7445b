package dev.signalbox.systemtests.oracle;

import dev.signalbox.client.AccessRight;
import dev.signalbox.client.ObjectKind;

/**
 * What a callback was told to do when it returns.
 *
 * @param handle through which
 * @param name of the handle
 * @param permits of a semaphore: how many; else 1
 * @param accepted whether our pool took it
 */
record Registration(Handle handle, String name, int permits, boolean accepted) {
  ObjectKind kind() {
    return handle.kind();
  }

  String object() {
    return handle.object();
  }

  /** Whether the model could still use the handle. */
  boolean isOpen(Handles handles) {
    return handle.equals(handles.find(name));
  }

  boolean maySignal() {
    return handle.rights().contains(AccessRight.MODIFY_STATE);
  }
}
