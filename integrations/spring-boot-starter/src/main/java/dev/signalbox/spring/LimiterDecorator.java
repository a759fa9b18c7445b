package dev.signalbox.spring;

import dev.signalbox.client.limit.Limiter;

/** Puts something around every limiter. */
@FunctionalInterface
interface LimiterDecorator {
  Limiter decorate(Limiter limiter);
}
