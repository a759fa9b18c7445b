package dev.signalbox.client.callback;

/**
 * How far a callback has come.
 *
 * <table>
 *   <caption>The life of a callback</caption>
 *   <tr><th>state</th><th>event</th><th>next</th><th>what happens</th></tr>
 *   <tr><td>ACQUIRING</td><td>the grant arrives, or its time runs out</td><td>QUEUED</td><td>it waits for a thread</td></tr>
 *   <tr><td>ACQUIRING</td><td>it is cancelled, its pool or group is closed, or the acquire fails</td><td>CANCELLED</td><td>its completion fails; a grant that comes all the same is given back</td></tr>
 *   <tr><td>QUEUED</td><td>its grant turns out to be lost</td><td>CANCELLED</td><td>its completion fails</td></tr>
 *   <tr><td>QUEUED</td><td>a worker takes it</td><td>RUNNING</td><td>intents may be registered</td></tr>
 *   <tr><td>QUEUED</td><td>it is cancelled, alone or with others</td><td>CANCELLED</td><td>its completion fails; its grant is given back</td></tr>
 *   <tr><td>RUNNING</td><td>a registered permit is lost</td><td>RUNNING</td><td>it is told, and interrupted if the pool says so</td></tr>
 *   <tr><td>RUNNING</td><td>it returns or throws</td><td>RETURNED</td><td>registration ends; locks are unlocked; the request is sent</td></tr>
 *   <tr><td>RETURNED</td><td>the request is answered, or there is none</td><td>CLOSING</td><td>resources are closed</td></tr>
 *   <tr><td>CLOSING</td><td>resources are closed</td><td>COMPLETE</td><td>failures are reported; its completion is completed</td></tr>
 * </table>
 */
public enum CallbackState {
  /** Its permits are waited for (C9). */
  ACQUIRING,
  /** It waits for a thread. */
  QUEUED,
  /** It runs; intents can be registered. */
  RUNNING,
  /** It has returned; locks are being unlocked, or its release is under way. */
  RETURNED,
  /** Its release is answered, if it had one; resources are being closed. */
  CLOSING,
  /** Everything that it asked for was done, or has failed and was reported. */
  COMPLETE,
  /** It never ran and never will. */
  CANCELLED
}
