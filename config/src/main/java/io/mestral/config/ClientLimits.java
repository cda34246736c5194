package io.mestral.config;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What clients may ask of the broker.
 *
 * @param maxConnections {@code mqtt.max-connections}, of all clients together
 * @param connectTimeout {@code mqtt.connect-timeout}, how long a connection may take to say CONNECT
 * @param maxKeepAlive {@code mqtt.max-keep-alive}; empty grants what clients ask
 * @param maxPacket {@code mqtt.max-packet}, bytes of one whole packet
 * @param receiveMaximum {@code mqtt.receive-maximum}, unacknowledged messages taken from a client
 * @param topicAliasMaximum {@code mqtt.topic-alias-maximum}, aliases a client may set; 0 is none
 * @param maxSubscriptions {@code mqtt.max-subscriptions} of one client
 * @param maxFilterBytes {@code mqtt.max-filter-bytes}, all topic filters of one client together
 * @param maxRate {@code mqtt.max-rate}, packets a second taken from one client; empty is no limit
 * @param refusedPerSecond {@code limits.refused-per-second}, connections of one address that end
 *     before their client was let in; who comes from there beyond that waits; 0 is no limit
 */
public record ClientLimits(
    int maxConnections,
    Duration connectTimeout,
    Optional<Duration> maxKeepAlive,
    int maxPacket,
    int receiveMaximum,
    int topicAliasMaximum,
    int maxSubscriptions,
    int maxFilterBytes,
    OptionalInt maxRate,
    int refusedPerSecond) {

  /** Packets a second: many times what a gateway sends, and a hundredth of what costs a core. */
  static final int USUAL_RATE = 10_000;

  /** What a node grants when nobody says otherwise. */
  public static final ClientLimits DEFAULTS =
      new ClientLimits(
          100_000,
          Duration.ofSeconds(10),
          Optional.empty(),
          1 << 20,
          1024,
          16,
          10_000,
          1 << 20,
          OptionalInt.of(USUAL_RATE),
          10);

  /** Refuses values out of range. */
  public ClientLimits {
    if (maxConnections < 1) throw new IllegalArgumentException("maxConnections " + maxConnections);
    if (maxPacket < 128) throw new IllegalArgumentException("maxPacket " + maxPacket);
    if (receiveMaximum < 1 || receiveMaximum > 65_535)
      throw new IllegalArgumentException("receiveMaximum " + receiveMaximum);
    if (topicAliasMaximum < 0 || topicAliasMaximum > 65_535)
      throw new IllegalArgumentException("topicAliasMaximum " + topicAliasMaximum);
    if (maxSubscriptions < 1)
      throw new IllegalArgumentException("maxSubscriptions " + maxSubscriptions);
    if (maxFilterBytes < 1) throw new IllegalArgumentException("maxFilterBytes " + maxFilterBytes);
    if (maxRate.isPresent() && maxRate.getAsInt() < 1)
      throw new IllegalArgumentException("maxRate " + maxRate.getAsInt());
    if (refusedPerSecond < 0)
      throw new IllegalArgumentException("refusedPerSecond " + refusedPerSecond);
  }
}
