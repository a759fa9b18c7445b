package dev.signalbox.server.replication.codec;

import com.google.protobuf.CodedInputStream;
import dev.signalbox.log.v1.EntryProto;
import dev.signalbox.server.core.Command;
import dev.signalbox.server.core.Entry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Entries as bytes. */
public final class EntryCodec {
  /** The newest version that this release reads, and the one that it writes. */
  static final int VERSION = 1;

  private EntryCodec() {}

  /** The entry's bytes. */
  public static byte[] encode(Entry entry) {
    EntryProto.Entry.Builder wire =
        EntryProto.Entry.newBuilder()
            .setVersion(VERSION)
            .setTimeMicros(entry.time())
            .setSaltHigh(entry.saltHigh())
            .setSaltLow(entry.saltLow());
    for (Command command : entry.commands()) {
      wire.addCommands(CommandCodec.toWire(command));
    }
    return wire.build().toByteArray();
  }

  /**
   * The entry of which these are the bytes.
   *
   * @throws UnknownFormat if a later release wrote it
   */
  public static Entry decode(ByteBuffer bytes) {
    EntryProto.Entry wire = parse(bytes);
    if (wire.getVersion() < 1 || wire.getVersion() > VERSION) {
      throw new UnknownFormat("an entry of version " + wire.getVersion() + " of the log's format");
    }
    List<Command> commands = new ArrayList<>(wire.getCommandsCount());
    for (EntryProto.Command command : wire.getCommandsList()) {
      commands.add(CommandCodec.fromWire(command));
    }
    return new Entry(wire.getTimeMicros(), wire.getSaltHigh(), wire.getSaltLow(), commands);
  }

  private static EntryProto.Entry parse(ByteBuffer bytes) {
    try {
      return EntryProto.Entry.parseFrom(CodedInputStream.newInstance(bytes));
    } catch (IOException e) {
      throw new UnknownFormat("an entry that is none", e);
    }
  }
}
