package dev.signalbox.server.replication;

import java.util.List;

/**
 * How a cluster is, as one of its nodes knows it.
 *
 * @param members every member, by id
 * @param leader the id of the one that leads; empty: none is known
 * @param term how many elections were tried, more or less; grows with every leader
 */
public record ClusterStatus(List<MemberStatus> members, String leader, long term) {
  /**
   * How a member is.
   *
   * @param member who it is
   * @param appliedIndex the last entry that it is known to have applied, or to be about to; -1:
   *     none
   * @param silentMillis how long the leader has not heard from it, in milliseconds; -1: only the
   *     leader knows, and it does not say so of itself
   */
  public record MemberStatus(Member member, long appliedIndex, long silentMillis) {}
}
