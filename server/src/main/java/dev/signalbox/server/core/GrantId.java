package dev.signalbox.server.core;

/**
 * The id of a grant (A8): its place in the order of grants, and a tag that makes it unguessable.
 * Whoever knows the id may give the grant back (R4).
 *
 * @param sequence 1, 2, 3, ... in the order of granting; not a secret
 * @param tag drawn from the salt of the log entry that made the grant
 */
public record GrantId(long sequence, long tag) {}
