/**
 * Sessions as the leader sees them: who was heard from when ({@link
 * dev.signalbox.server.session.Liveness}), which stream is whose, and what is still to be sent on
 * it ({@link dev.signalbox.server.session.Outbox}). What must survive a change of leader is in the
 * machine; nothing of it is here.
 */
@NullMarked
package dev.signalbox.server.session;

import org.jspecify.annotations.NullMarked;
