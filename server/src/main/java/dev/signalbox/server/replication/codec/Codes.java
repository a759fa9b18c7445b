package dev.signalbox.server.replication.codec;

import java.util.List;

/** Constants by number: the place in the list given here, whatever their order elsewhere. */
final class Codes<T> {
  private final List<T> values;

  Codes(List<T> values) {
    this.values = values;
  }

  int code(T value) {
    int code = values.indexOf(value);
    if (code < 0) {
      throw new IllegalArgumentException("no code for " + value);
    }
    return code;
  }

  T of(int code) {
    if (code < 0 || code >= values.size()) {
      throw new IllegalArgumentException("unknown code " + code);
    }
    return values.get(code);
  }
}
