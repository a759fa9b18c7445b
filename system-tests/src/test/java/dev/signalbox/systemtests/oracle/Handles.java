package dev.signalbox.systemtests.oracle;

import dev.signalbox.client.ObjectKind;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * The handles of a case, by the names that the trace gives them. Our SDK has no handle that could
 * be closed or mistaken for another, so what the model says of one that is null, closed or of
 * another type (6) is said here. Closing one leaves the object alone (O5). Thread-safe.
 */
final class Handles {
  private final Map<String, Handle> open = new ConcurrentSkipListMap<>();

  void put(@Nullable String name, Handle handle) {
    if (name != null) {
      open.put(name, handle);
    }
  }

  /** Forgets a handle; the answer is what it was. */
  Handle close(@Nullable String name) {
    Handle handle = name == null ? null : open.remove(name);
    return known(handle);
  }

  Handle get(@Nullable String name) {
    return known(find(name));
  }

  /** A handle on an object of this kind. */
  Handle get(@Nullable String name, ObjectKind kind) {
    Handle handle = get(name);
    if (handle.kind() != kind) {
      throw new Win32Error(Win32.INVALID_HANDLE);
    }
    return handle;
  }

  @Nullable Handle find(@Nullable String name) {
    return name == null ? null : open.get(name);
  }

  private static Handle known(@Nullable Handle handle) {
    if (handle == null) {
      throw new Win32Error(Win32.INVALID_HANDLE);
    }
    return handle;
  }

  Collection<Handle> all() {
    return open.values();
  }

  Map<String, Handle> byName() {
    return Map.copyOf(open);
  }

  boolean isOpen(String object) {
    return open.values().stream().anyMatch(handle -> handle.object().equals(object));
  }
}
