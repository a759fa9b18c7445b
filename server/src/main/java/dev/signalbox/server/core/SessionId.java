package dev.signalbox.server.core;

/**
 * The id of a session: its place in the order of sessions, and a tag that makes it unguessable (A8
 * says the same of grants). Whoever knows the id is the session.
 *
 * @param sequence 1, 2, 3, ... in the order of opening; not a secret
 * @param tag drawn from the salt of the log entry that opened the session
 */
public record SessionId(long sequence, long tag) {}
