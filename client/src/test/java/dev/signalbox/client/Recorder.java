package dev.signalbox.client;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what a client tells of its sessions. */
final class Recorder implements SessionListener {
  final List<String> heard = new CopyOnWriteArrayList<>();

  @Override
  public void sessionOpened() {
    heard.add("opened");
  }

  @Override
  public void disconnected() {
    heard.add("disconnected");
  }

  @Override
  public void sessionResumed() {
    heard.add("resumed");
  }

  @Override
  public void jeopardy(Duration remaining) {
    heard.add(remaining.isZero() ? "jeopardy without time" : "jeopardy");
  }

  @Override
  public void sessionLost() {
    heard.add("lost");
  }

  @Override
  public void closed() {
    heard.add("closed");
  }
}
