package dev.signalbox.server.replication.codec;

import dev.signalbox.server.core.Command;
import dev.signalbox.server.core.Entry;
import java.util.List;

/**
 * Entries as bytes: the version of the format, the time, the salt, and the commands. The format has
 * versions of its own, apart from the API's and the snapshot's. What the engine keeps them in has a
 * checksum for each.
 */
public final class EntryCodec {
  /** The newest version that this release reads, and the one that it writes. */
  static final int VERSION = 3;

  private EntryCodec() {}

  /** The entry's bytes. */
  public static byte[] encode(Entry entry) {
    return new ByteSink()
        .number(VERSION)
        .number(entry.time())
        .fixed(entry.saltHigh())
        .fixed(entry.saltLow())
        .list(entry.commands(), CommandFormat::write)
        .toBytes();
  }

  /**
   * The entry of which these are the bytes.
   *
   * @throws UnknownFormat if a later release wrote it, or it is no entry
   */
  public static Entry decode(byte[] bytes) {
    try {
      ByteSource in = new ByteSource(bytes, VERSION);
      return decode(in, in.number());
    } catch (UnknownFormat e) {
      throw e;
    } catch (RuntimeException e) {
      throw new UnknownFormat("an entry that is none", e);
    }
  }

  private static Entry decode(ByteSource from, long version) {
    if (version < 1 || version > VERSION) {
      throw new UnknownFormat("an entry of version " + version + " of the log's format");
    }
    ByteSource in = from.rest(version);
    long time = in.number();
    long saltHigh = in.fixed();
    long saltLow = in.fixed();
    List<Command> commands = in.list(CommandFormat::read);
    if (!in.isAtEnd()) {
      throw new UnknownFormat("an entry that goes on after its end");
    }
    return new Entry(time, saltHigh, saltLow, commands);
  }
}
