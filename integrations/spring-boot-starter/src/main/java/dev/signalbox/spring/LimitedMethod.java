package dev.signalbox.spring;

import dev.signalbox.client.limit.LimitKeys;
import dev.signalbox.client.limit.Limiter;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Limited} comes to.
 *
 * @param maxWait how long a call may wait
 * @param keys which argument, from 0, is the value of which key
 */
record LimitedMethod(Limiter limiter, Duration maxWait, Map<Integer, String> keys) {
  LimitKeys keysOf(@Nullable Object[] arguments) {
    LimitKeys values = LimitKeys.none();
    for (Map.Entry<Integer, String> key : keys.entrySet()) {
      values = values.and(key.getValue(), KeyValues.of(arguments[key.getKey()]));
    }
    return values;
  }
}
