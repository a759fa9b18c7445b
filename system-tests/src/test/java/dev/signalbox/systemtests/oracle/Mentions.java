package dev.signalbox.systemtests.oracle;

import dev.signalbox.client.Acquire.Part;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A list of objects in which some stand more than once.
 *
 * @param all every mention, in order
 */
record Mentions(List<Part> all) {
  static Mentions of(Part... parts) {
    return new Mentions(List.of(parts));
  }

  /** The first mention of each, which is what an any-wait comes to. */
  Part[] first() {
    return merged(false);
  }

  /** Each with as many permits as there are mentions, which is what an all-wait comes to. */
  Part[] summed() {
    return merged(true);
  }

  private Part[] merged(boolean sum) {
    Map<String, Part> parts = new LinkedHashMap<>();
    for (Part part : all) {
      parts.merge(
          part.semaphore().name(),
          part,
          (one, more) -> sum ? new Part(one.semaphore(), one.permits() + more.permits()) : one);
    }
    return parts.values().toArray(Part[]::new);
  }

  /** Where the first mention of one of {@link #first} stands. */
  int index(int ofFirst) {
    return all.indexOf(first()[ofFirst]);
  }
}
