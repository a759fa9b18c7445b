package dev.signalbox.client.testing;

import dev.signalbox.client.ObjectKind;
import dev.signalbox.client.Refill;
import dev.signalbox.client.SemaphoreInfo;
import dev.signalbox.server.core.SemaphoreConfig;
import dev.signalbox.server.core.SemaphoreView;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** What the server's machine says of a semaphore, in the words of the SDK. */
final class Views {
  static final int MOST_LISTED = 1_000;

  private Views() {}

  static SemaphoreInfo info(SemaphoreView view) {
    SemaphoreConfig config = view.config();
    return new SemaphoreInfo(
        view.name(),
        ObjectKind.valueOf(config.kind().name()),
        view.count(),
        config.maxCount(),
        view.debt(),
        view.held(),
        view.waiting(),
        config.ownerOnly(),
        config.numbered(),
        config.manualReset(),
        view.abandoned(),
        Optional.ofNullable(config.refill())
            .map(refill -> new Refill(refill.permits(), micros(refill.periodMicros()))),
        Optional.of(config.idleTtlMicros()).filter(ttl -> ttl > 0).map(Views::micros),
        view.holders().stream().map(Views::holder).toList(),
        view.waiters().stream().map(Views::waiter).toList());
  }

  private static SemaphoreInfo.Holder holder(SemaphoreView.Holder holder) {
    return new SemaphoreInfo.Holder(holder.clientName(), holder.session(), holder.permits());
  }

  private static SemaphoreInfo.Waiter waiter(SemaphoreView.Waiting waiter) {
    return new SemaphoreInfo.Waiter(
        waiter.clientName(), waiter.session(), waiter.permits(), micros(waiter.waitedMicros()));
  }

  private static Duration micros(long micros) {
    return Duration.of(micros, ChronoUnit.MICROS);
  }
}
