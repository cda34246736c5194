package io.mestral.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The MQTT broker's settings.
 *
 * @param port {@code mqtt.port}; 0 takes any free one
 * @param access {@code mqtt.access}
 * @param maxPacket {@code mqtt.max-packet}, bytes of one whole packet
 * @param receiveMaximum {@code mqtt.receive-maximum}, unacknowledged messages taken from a client
 * @param maxKeepAlive {@code mqtt.max-keep-alive}; empty grants what clients ask
 * @param queueMaxBytes {@code mqtt.queue.max-bytes}, waiting for one client
 * @param connectTimeout how long a connection may take to say CONNECT
 * @param bridgePrefixes {@code mqtt.bridge-prefixes}, before {@code device/…}
 */
public record BrokerOptions(
    String host,
    int port,
    Access access,
    int maxPacket,
    int receiveMaximum,
    Optional<Duration> maxKeepAlive,
    long queueMaxBytes,
    Duration connectTimeout,
    List<String> bridgePrefixes) {

  /** Who may connect and do what. */
  public enum Access {
    /** As the platform's rules say. */
    PLATFORM,
    /** Everybody everything; for laboratories. */
    OPEN
  }

  /** What a node does when nobody says otherwise. */
  public static final BrokerOptions DEFAULTS =
      new BrokerOptions(
          "127.0.0.1",
          1883,
          Access.PLATFORM,
          1 << 20,
          1024,
          Optional.empty(),
          64L << 20,
          Duration.ofSeconds(10),
          List.of("bridge", "bridge/sc"));

  /** Refuses values out of range. */
  public BrokerOptions {
    bridgePrefixes = List.copyOf(bridgePrefixes);
    if (port < 0 || port > 65_535) throw new IllegalArgumentException("port " + port);
    if (receiveMaximum < 1 || receiveMaximum > 65_535)
      throw new IllegalArgumentException("receiveMaximum " + receiveMaximum);
    if (maxPacket < 128) throw new IllegalArgumentException("maxPacket " + maxPacket);
  }

  /** The same on another port. */
  public BrokerOptions withPort(int other) {
    return new BrokerOptions(
        host,
        other,
        access,
        maxPacket,
        receiveMaximum,
        maxKeepAlive,
        queueMaxBytes,
        connectTimeout,
        bridgePrefixes);
  }

  /** The same with another access rule. */
  public BrokerOptions withAccess(Access other) {
    return new BrokerOptions(
        host,
        port,
        other,
        maxPacket,
        receiveMaximum,
        maxKeepAlive,
        queueMaxBytes,
        connectTimeout,
        bridgePrefixes);
  }
}
