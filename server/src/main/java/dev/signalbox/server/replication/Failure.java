package dev.signalbox.server.replication;

/** Why a submission or a read was not answered, and what may be concluded. */
public enum Failure {
  /** This node does not lead. Certainly not executed. */
  NOT_LEADER,
  /** This node is going down. Certainly not executed. */
  STOPPING,
  /** The entry was on its way when the leadership was lost: executed or not, the log will tell. */
  UNKNOWN
}
