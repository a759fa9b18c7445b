package dev.signalbox.server.replication.codec;

import com.google.protobuf.ProtocolMessageEnum;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Pairs the constants of one of our enums with those of its wire form, by name.
 *
 * @param <J> ours
 * @param <P> the wire's
 */
final class EnumTable<J extends Enum<J>, P extends Enum<P> & ProtocolMessageEnum> {
  private final Map<J, P> written;
  private final Map<P, J> read;

  EnumTable(Class<J> ours, Class<P> wire, String prefix) {
    written = new EnumMap<>(ours);
    read = new EnumMap<>(wire);
    for (J constant : ours.getEnumConstants()) {
      P pair = Enum.valueOf(wire, prefix + constant.name());
      written.put(constant, pair);
      read.put(pair, constant);
    }
  }

  P toWire(J constant) {
    return known(written.get(constant), constant);
  }

  J fromWire(P constant) {
    return known(read.get(constant), constant);
  }

  private static <T> T known(@Nullable T pair, Object constant) {
    if (pair == null) {
      throw new UnknownFormat("unknown " + constant);
    }
    return pair;
  }
}
