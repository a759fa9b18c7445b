package dev.signalbox.server.session;

import dev.signalbox.server.core.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A stream whose client reads when the test says so. */
final class FakeStream implements ClientStream {
  final List<List<Outcome>> frames = new ArrayList<>();
  boolean ready = true;
  int perFrame = Integer.MAX_VALUE;
  long renewed;
  int goodbyes;
  @Nullable StreamEnd end;

  @Override
  public boolean isReady() {
    return ready;
  }

  @Override
  public int send(List<Outcome> outcomes, long renewedThrough) {
    int taken = Math.min(perFrame, outcomes.size());
    frames.add(List.copyOf(outcomes.subList(0, taken)));
    renewed = renewedThrough;
    return taken;
  }

  @Override
  public void sendGoingAway() {
    goodbyes++;
  }

  @Override
  public void end(StreamEnd why) {
    end = why;
  }

  @Override
  public void drained() {}
}
