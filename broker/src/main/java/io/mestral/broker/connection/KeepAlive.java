package io.mestral.broker.connection;

import io.netty.util.concurrent.Future;
import java.time.Duration;

/**
 * Cuts a client from which no packet came for one and a half times its keep-alive (MQTT-3.1.2-22).
 * Kits send no PINGREQ, so any packet counts, but only as a whole: who sends a byte now and then
 * could stay for ever. A large packet that is on its way gets the same time once more.
 *
 * <p>The timer isn't moved for each packet: when it goes off it looks how long the silence is, and
 * waits for the rest.
 */
final class KeepAlive {
  private final MqttSocket socket;
  private final Duration patience;
  private final Runnable cut;
  private Future<?> timer;

  private KeepAlive(MqttSocket socket, Duration patience, Runnable cut) {
    this.socket = socket;
    this.patience = patience;
    this.cut = cut;
    this.timer = socket.later(patience, this::look);
  }

  /** Watches until {@link #stop}. */
  static KeepAlive watch(MqttSocket socket, int seconds, Runnable cut) {
    return new KeepAlive(socket, Duration.ofMillis(seconds * 1500L), cut);
  }

  void stop() {
    timer.cancel(false);
  }

  private void look() {
    Duration most = socket.isReceiving() ? patience.multipliedBy(2) : patience;
    Duration left = most.minus(socket.silence());
    if (left.isZero() || left.isNegative()) cut.run();
    else timer = socket.later(left.plusMillis(1), this::look);
  }
}
