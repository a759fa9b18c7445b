package dev.signalbox.server.core.model;

import dev.signalbox.server.core.Command;
import dev.signalbox.server.core.Operation;
import dev.signalbox.server.core.SessionId;
import java.util.List;
import java.util.TreeMap;

/** A session: who it is, its last wills, and its reply window. */
final class ModelSession {
  final SessionId id;
  final Command.OpenSession opened;
  final TreeMap<Long, List<Operation.Signal>> wills = new TreeMap<>();
  final ModelWindow window = new ModelWindow();

  /**
   * It has made a request that was carried out, so that from now on an ephemeral one may end by
   * itself.
   */
  boolean used;

  /** Stands for who consumes at once without a session. */
  static ModelSession nobody() {
    return new ModelSession(
        new SessionId(0, 0), new Command.OpenSession("nobody", 1_000_000, -1, false));
  }

  boolean isNobody() {
    return id.sequence() == 0;
  }

  ModelSession(SessionId id, Command.OpenSession opened) {
    this.id = id;
    this.opened = opened;
  }
}
