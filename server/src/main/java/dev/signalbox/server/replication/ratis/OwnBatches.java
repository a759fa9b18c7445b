package dev.signalbox.server.replication.ratis;

import dev.signalbox.server.replication.Batch;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.ratis.proto.RaftProtos.StateMachineLogEntryProto;
import org.apache.ratis.protocol.ClientId;
import org.jspecify.annotations.Nullable;

/**
 * The batches that this node has submitted and that are neither applied nor dropped. Whoever takes
 * a batch out answers for it, so each is answered once. Thread-safe.
 */
final class OwnBatches {
  /** Drawn anew with every start: what an earlier life submitted is a stranger's. */
  private final ClientId clientId = ClientId.randomId();

  private final Map<Long, Batch> byCall = new ConcurrentHashMap<>();

  ClientId clientId() {
    return clientId;
  }

  void add(long call, Batch batch) {
    byCall.put(call, batch);
  }

  @Nullable Batch take(long call) {
    return byCall.remove(call);
  }

  /** The batch that an entry of the log was submitted with; null if another life or node did. */
  @Nullable Batch take(StateMachineLogEntryProto entry) {
    return clientId.toByteString().equals(entry.getClientId()) ? take(entry.getCallId()) : null;
  }

  Iterable<Long> calls() {
    return byCall.keySet();
  }
}
