package dev.signalbox.client.callback;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log of callback pools. */
final class Log {
  static final Logger LOG = LoggerFactory.getLogger(CallbackPool.class);

  private Log() {}
}
