package io.mestral.broker.telemetry;

import io.micrometer.core.instrument.Timer;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;

/**
 * How late an event loop comes round to what it was to do: what everybody on it waits, whoever
 * keeps it busy.
 */
final class LoopLag {
  private static final long EVERY_MILLIS = 500;

  private final Timer lag;
  private long due;

  LoopLag(Timer lag) {
    this.lag = lag;
  }

  /** Measures on the calling event loop until its verticle is undeployed. */
  void watch(Vertx vertx) {
    due = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(EVERY_MILLIS);
    vertx.setTimer(EVERY_MILLIS, turn -> measure(vertx));
  }

  private void measure(Vertx vertx) {
    lag.record(Math.max(0, System.nanoTime() - due), TimeUnit.NANOSECONDS);
    watch(vertx);
  }
}
