package dev.signalbox.client.limit;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Values for the names in braces of a limiter's {@linkplain Limit limits}, such as the tenant of a
 * call. Immutable. Values may come from outside: in a semaphore's name they are escaped, and long
 * ones shortened to a digest, so that none can name another's semaphore.
 */
public final class LimitKeys {
  private static final LimitKeys NONE = new LimitKeys(Map.of());

  private final Map<String, String> values;

  private LimitKeys(Map<String, String> values) {
    this.values = values;
  }

  /** No values. */
  public static LimitKeys none() {
    return NONE;
  }

  /** One value. */
  public static LimitKeys of(String key, String value) {
    return NONE.and(key, value);
  }

  /** These and one more; a value for the same key is replaced. */
  public LimitKeys and(String key, String value) {
    Map<String, String> more = new TreeMap<>(values);
    more.put(Objects.requireNonNull(key), Objects.requireNonNull(value));
    return new LimitKeys(Map.copyOf(more));
  }

  /** The values by key. */
  public Map<String, String> values() {
    return values;
  }

  @Override
  public String toString() {
    return new TreeMap<>(values).toString();
  }
}
