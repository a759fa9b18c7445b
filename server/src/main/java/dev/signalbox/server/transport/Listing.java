package dev.signalbox.server.transport;

import dev.signalbox.server.core.InvalidField;

/** What the paged listings have in common. */
final class Listing {
  /** The most that a page, or a list within an answer, holds. */
  static final int MAX_PAGE = 1_000;

  private static final int DEFAULT_PAGE = 100;

  private Listing() {}

  static int pageSize(int asked) {
    InvalidField.unless(asked >= 0 && asked <= MAX_PAGE, "page_size", "must be 0 to " + MAX_PAGE);
    return asked == 0 ? DEFAULT_PAGE : asked;
  }
}
