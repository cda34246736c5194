package io.mestral.broker;

import io.mestral.config.BrokerOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Broker options that differ from the usual ones in one thing. */
final class Options {
  private static final BrokerOptions USUAL = TestBroker.OPTIONS;

  private Options() {}

  static BrokerOptions maxPacket(int bytes) {
    return of(bytes, USUAL.receiveMaximum(), USUAL.queueMaxBytes(), USUAL.connectTimeout());
  }

  static BrokerOptions receiveMaximum(int messages) {
    return of(USUAL.maxPacket(), messages, USUAL.queueMaxBytes(), USUAL.connectTimeout());
  }

  static BrokerOptions queueMaxBytes(long bytes) {
    return of(USUAL.maxPacket(), USUAL.receiveMaximum(), bytes, USUAL.connectTimeout());
  }

  static BrokerOptions connectTimeout(Duration timeout) {
    return of(USUAL.maxPacket(), USUAL.receiveMaximum(), USUAL.queueMaxBytes(), timeout);
  }

  static BrokerOptions maxKeepAlive(Duration keepAlive) {
    return new BrokerOptions(
        USUAL.host(),
        USUAL.port(),
        USUAL.access(),
        USUAL.maxPacket(),
        USUAL.receiveMaximum(),
        Optional.of(keepAlive),
        USUAL.queueMaxBytes(),
        USUAL.connectTimeout(),
        List.of());
  }

  private static BrokerOptions of(
      int maxPacket, int receiveMaximum, long queueMaxBytes, Duration connectTimeout) {
    return new BrokerOptions(
        USUAL.host(),
        USUAL.port(),
        USUAL.access(),
        maxPacket,
        receiveMaximum,
        Optional.empty(),
        queueMaxBytes,
        connectTimeout,
        List.of());
  }
}
