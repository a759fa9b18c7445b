package dev.signalbox.systemtests.history;

import dev.signalbox.client.SessionListener;

/** Notes what becomes of a client's sessions. */
final class RecordedSessions implements SessionListener {
  private final Recorder recorder;

  RecordedSessions(Recorder recorder) {
    this.recorder = recorder;
  }

  @Override
  public void sessionOpened() {
    recorder.session("opened");
  }

  @Override
  public void disconnected() {
    recorder.session("disconnected");
  }

  @Override
  public void sessionResumed() {
    recorder.session("resumed");
  }

  @Override
  public void sessionLost() {
    recorder.session("lost");
  }
}
