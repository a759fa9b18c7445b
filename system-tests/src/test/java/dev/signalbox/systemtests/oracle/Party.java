package dev.signalbox.systemtests.oracle;

import dev.signalbox.client.callback.CallbackPool;

/**
 * A pool, and the session in whose name its callbacks act.
 *
 * @param pool of a client of its own
 * @param session of that client
 */
record Party(CallbackPool pool, Session session) {}
