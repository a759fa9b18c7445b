package dev.signalbox.client;

import java.util.List;

/**
 * What one satisfied acquire gave that no client's session holds: it lives for its lease. See
 * {@link StandaloneGrants}.
 *
 * @param id opaque and unguessable: whoever has it can renew the grant and give it back. Empty if
 *     everything was consumed: then there is nothing to give back
 * @param parts what was granted, in the order of the acquire's parts
 */
public record StandaloneGrant(String id, List<GrantedPart> parts) {
  /** Copies the list. */
  public StandaloneGrant {
    parts = List.copyOf(parts);
  }
}
